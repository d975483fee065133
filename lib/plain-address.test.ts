import { expect, test } from "vitest";
import { plainAddress } from "./plain-address.ts";

test.each([
  ["anna@müller.ch", "anna@xn--mller-kva.ch"],
  ["Anna@MÜLLER.ch", "Anna@xn--mller-kva.ch"],
  ["anna@xn--mller-kva.ch", "anna@xn--mller-kva.ch"],
  ["Anna@Example.ch", "Anna@Example.ch"],
  ["jürg@example.ch", "jürg@example.ch"],
  ["+41791234567", "+41791234567"],
  ["no address at all ü", "no address at all ü"],
  ["anna@", "anna@"],
  ["anna@ü ü", "anna@ü ü"],
  ["", ""],
])("E59: %j is compared as %j", (written, plain) => {
  expect(plainAddress(written)).toBe(plain);
});
