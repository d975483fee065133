/** What the forms on a page of preferences ask for. */
export type Verb = "unsubscribe" | "subscribe" | "save" | "stop" | "resume" | "undo";

/** What became of it, as the address of the page says afterwards. */
export const outcomes = ["unsubscribed", "subscribed", "saved", "stopped", "resumed", "undone"] as const;
export type Outcome = (typeof outcomes)[number];
