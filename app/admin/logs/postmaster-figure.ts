import { z } from "zod";
import { addDays, parseDay } from "#lib/calendar";
import { AppError } from "#lib/errors";
import { windowDays } from "#messaging/complaint-level";

const percentError = "Give a share in percent from 0 to 100, with at most three decimals, such as 0.05.";

/** What an admin types. A comma or a point, with or without the sign, as Google shows it. */
export const postmasterFigure = z.object({
  percent: z
    .string(percentError)
    .trim()
    .regex(/^\d{1,3}([.,]\d{1,3})?\s?%?$/, percentError)
    .transform((text) => Number.parseFloat(text.replace(",", ".")))
    .refine((percent) => percent <= 100, percentError),
  readOn: z.string("Give the day on which you read it.").transform((text, context) => {
    const day = parseDay(text);
    if (day === null) {
      context.addIssue("Give the day on which you read it, such as 2026-11-22.");
      return z.NEVER;
    }
    return day;
  }),
});

/** Refuses a day that is still to come, or too long ago for its figure to count. */
export function requireRecent(readOn: string, today: string): void {
  if (readOn > today || readOn <= addDays(today, -windowDays)) {
    const problem =
      readOn > today
        ? "This day is still to come."
        : `A figure counts for ${windowDays} days: this one is too old. Read it again.`;
    throw new AppError("invalid", problem, { readOn: problem });
  }
}
