/** What follows from the share of advertising by email that was reported as spam. */
export type ComplaintLevel = "fine" | "warning" | "paused";

export type ComplaintFigures = {
  /** Of the window, as we were told of them. */
  complaints: number;
  sends: number;
  /** What Google says, in percent: Gmail tells nobody of single complaints. Null: no figure that still counts. */
  postmasterPercent: number | null;
};

/** How many days back complaints and sends count, and how many days a figure of Google's does, the first included. */
export const windowDays = 7;
/** Of fewer, a single complaint is no rate. */
export const minSends = 500;
/** Google's own limits: it wants senders below the one, and turns them away from the other on. In thousandths. */
export const limits = { warning: 1, paused: 3 } as const;

/** The worse of both figures decides. In whole numbers: at exactly 0.3 % it pauses. */
export function complaintLevel({ complaints, sends, postmasterPercent }: ComplaintFigures): ComplaintLevel {
  const isAt = (thousandths: number) =>
    (sends >= minSends && complaints * 1000 >= sends * thousandths) ||
    (postmasterPercent !== null && postmasterPercent * 10 >= thousandths);
  if (isAt(limits.paused)) {
    return "paused";
  }
  return isAt(limits.warning) ? "warning" : "fine";
}
