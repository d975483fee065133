import { expect, test } from "vitest";
import { csvCell, csvRow } from "./csv.ts";

test.for([
  ["=1+1", "'=1+1"],
  ["+41 79", "'+41 79"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", '"\'\r=1"'],
  ["\n=1", '"\'\n=1"'],
  ['say "no", please', '"say ""no"", please"'],
  ["a;b", '"a;b"'],
  ["two\r\nlines", '"two\r\nlines"'],
  ["a=b", "a=b"],
  ["", ""],
] as const)("S32: %j is %j in a spreadsheet's file", ([text, cell]) => {
  expect(csvCell(text)).toBe(cell);
});

test("a row ends with the only CRLF in it; numbers are numbers, and nothing is nothing", () => {
  expect(csvRow(["a\r\nb", -1, null, "c"])).toBe('"a\nb",-1,,c\r\n');
});
