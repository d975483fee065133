import { toLanguage } from "#emails/copy";
import type { Finding } from "#lib/templates/check-source";
import { isLiquid } from "#lib/templates/liquid";
import { sampleValues } from "#lib/templates/placeholders";
import { compileSource } from "./compile-source.ts";
import { explainParts, explainTooLong } from "./sms-limit.ts";
import { tidyValues } from "./values.ts";

/** Stands for a fact whose sample nobody brought along. */
const unknownSample = "something";

type Options = { known: ReadonlySet<string>; samples?: Record<string, string>; language: string };

/** How long an SMS becomes for a usual member: that is what it costs. */
export function checkSms(source: string, { known, samples = {}, language }: Options): Finding[] {
  if (!isLiquid(source)) {
    return [];
  }
  const unknown = Object.fromEntries([...known].map((name) => [name, unknownSample]));
  const values = tidyValues({ ...unknown, ...sampleValues(), ...samples }, toLanguage(language));
  const text = compileSource(source, "text")(values).trim();
  const tooLong = explainTooLong(text);
  const message = tooLong ?? explainParts(text);
  return message ? [{ line: 1, column: 1, severity: tooLong ? "error" : "warning", message }] : [];
}
