import type { z } from "zod";
import { AppError } from "#lib/errors";

/**
 * JSON as a handler takes it.
 * @throws AppError `bad_request` for what is no JSON, `invalid` for what is not as it should be, by field.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const parsed = schema.safeParse(readJson(text));
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join("."), issue.message]));
    throw new AppError("invalid", "Some fields need another look.", fields);
  }
  return parsed.data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new AppError("bad_request", "This is no JSON.");
    }
    throw cause;
  }
}
