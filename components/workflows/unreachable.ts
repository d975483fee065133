/** What a server action that got no answer comes down to. */
export const unreachable = {
  ok: false,
  message: "The server did not answer. Check your connection and try again.",
} as const;
