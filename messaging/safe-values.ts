import { safeUrl } from "./safe-url.ts";

type Given = { values: Record<string, unknown>; problems: string[] };

/**
 * What is called `…_url` may stand where a link begins, in HTML that is not read again: such a value is an address that
 * leads where it says, or is left empty and told about.
 */
export function dropUnsafeAddresses(values: Record<string, unknown>, appUrl: string): Given {
  const unsafe = Object.keys(values).filter((name) => /_url$/i.test(name) && !isSafe(values[name], appUrl));
  return unsafe.length === 0
    ? { values, problems: [] }
    : {
        values: { ...values, ...Object.fromEntries(unsafe.map((name) => [name, null])) },
        problems: unsafe.map((name) => `'${name}' was left empty: it must start with / or https://.`),
      };
}

const isSafe = (value: unknown, appUrl: string) =>
  value === null ||
  value === undefined ||
  (typeof value === "string" && (value.trim() === "" || safeUrl(value, appUrl) !== null));
