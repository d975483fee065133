import { z } from "zod";

/** Ids as providers make them: what else could be in there, the database or a log would have to bear. */
const plainId = /^[\x21-\x7e]{1,200}$/;

export const providerId = z.string().regex(plainId);

export const eventIdOf = (id: string | null): string | null => (id !== null && plainId.test(id) ? id : null);

/** Within what the database can store and a clock can mean. */
export const instant = z
  .string()
  .transform((text) => new Date(text))
  .refine((date) => date.getTime() > Date.UTC(2000) && date.getTime() < Date.UTC(2200));

/** Our own number of a message, which comes back as text. */
export const ownId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number)
  .nullable()
  .catch(null);

const maxWords = 500;

/** A provider's words as they can be stored and shown: they quote what other servers said. */
export const wordsOf = (words: string | undefined): string | null =>
  words
    ?.toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, maxWords)
    .toWellFormed() || null;
