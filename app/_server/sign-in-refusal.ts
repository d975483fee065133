import { isAPIError } from "better-auth/api";
import { AppError } from "#lib/errors";

/** better-auth's refusals all read the same, so that none tells who has an account; what is a bug stays one. */
export function refusalOf(error: unknown, message: string): unknown {
  if (!isAPIError(error) || error.statusCode >= 500) {
    return error;
  }
  return error.statusCode === 429
    ? new AppError("too_many", "Too many attempts. Wait 15 minutes, then try again.")
    : new AppError("forbidden", message);
}
