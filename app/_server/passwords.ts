import { hashPassword, verifyPassword } from "better-auth/crypto";
import { AppError } from "#lib/errors";
import { commonPasswords } from "./common-passwords.ts";

const minLength = 8;
/** Bytes as UTF-8. Long enough for any phrase, short enough that hashing one costs what hashing any costs. */
export const maxPasswordBytes = 1024;

/** Why a password may not be chosen, or null. Nothing about its composition: length is what counts. */
export function passwordProblem(password: string): string | null {
  if ([...password].length < minLength) {
    return `Use at least ${minLength} characters.`;
  }
  if (isTooLong(password)) {
    return "That is longer than we can store.";
  }
  if (commonPasswords.has(password.toLowerCase())) {
    return "This is one of the passwords that are guessed first. Choose another.";
  }
  return null;
}

export const isTooLong = (password: string) => Buffer.byteLength(password) > maxPasswordBytes;

/** scrypt (N 16,384, r 16), salted. @throws AppError when the password may not be chosen */
export async function hashNewPassword(password: string): Promise<string> {
  const problem = passwordProblem(password);
  if (problem) {
    throw new AppError("invalid", problem, { password: problem });
  }
  return hashPassword(password);
}

export async function isPasswordRight(hash: string, password: string): Promise<boolean> {
  return !isTooLong(password) && verifyPassword({ hash, password });
}
