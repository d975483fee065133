import { expect, test } from "vitest";
import { hashNewPassword, isPasswordRight, passwordProblem } from "./passwords.ts";

test.each([
  "correct horse battery",
  "aaaaaaaab",
  "   leading and trailing   ",
  "🏋️🏋️🏋️🏋️🏋️🏋️🏋️🏋️",
  "пароль-пароль",
  "x".repeat(64),
  "x".repeat(1024),
  "'; drop table users; --",
])("%j may be chosen: nothing is asked of its composition", (password) => {
  expect(passwordProblem(password)).toBeNull();
});

test.each([
  "",
  "seven77",
  "🏋🏋🏋🏋🏋🏋🏋",
  "x".repeat(1025),
  "é".repeat(513),
  "password",
  "Password1",
  "iloveyou",
  "12345678",
])("%j may not be chosen", (password) => {
  expect(passwordProblem(password)).not.toBeNull();
});

test("passwords are told apart to the last byte, spaces and beyond 72 bytes included", async () => {
  const long = "x".repeat(1023);
  const hash = await hashNewPassword(`${long}a`);
  expect(await isPasswordRight(hash, `${long}a`)).toBe(true);
  expect(await isPasswordRight(hash, `${long}b`)).toBe(false);
  expect(await isPasswordRight(hash, long)).toBe(false);
  const spaced = await hashNewPassword("  two spaces ");
  expect(await isPasswordRight(spaced, "  two spaces ")).toBe(true);
  expect(await isPasswordRight(spaced, "two spaces")).toBe(false);
});

test("a hash takes long enough to hurt a guesser and not a person", async () => {
  await hashNewPassword("warm up the thread pool");
  const times = [];
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    await hashNewPassword("correct horse battery");
    // What it takes of a processor: by the clock it is as long as whatever else the machine does.
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1_000);
  }
  const median = times.sort((a, b) => a - b)[2];
  expect(median).toBeGreaterThan(50);
  expect(median).toBeLessThan(500);
});

test("the same password twice has two hashes", async () => {
  expect(await hashNewPassword("correct horse battery")).not.toBe(await hashNewPassword("correct horse battery"));
});

test("a megabyte is refused without being hashed", async () => {
  const hash = await hashNewPassword("correct horse battery");
  const before = performance.now();
  expect(await isPasswordRight(hash, "x".repeat(1024 * 1024))).toBe(false);
  expect(performance.now() - before).toBeLessThan(20);
});
