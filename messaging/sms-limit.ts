import { measureSms } from "./sms-segments.ts";

/** Each part is paid for, and longer than this nobody reads on a telephone. */
const partsAtMost = 4;
/** Units of text that fit whatever they are, and that fit if all of them are in the networks' own alphabet. */
const alwaysFit = partsAtMost * 66;
const mayFit = partsAtMost * 153;

/** Why a text is too long for an SMS; null if it is not. */
export function explainTooLong(text: string): string | null {
  if (text.length <= alwaysFit) {
    return null;
  }
  if (text.length > mayFit) {
    return `SMS: more than ${partsAtMost} parts (${text.length} characters); at most ${partsAtMost}.`;
  }
  const { segments } = measureSms(text);
  return segments > partsAtMost ? `${describeSms(text)}; at most ${partsAtMost}.` : null;
}

/** What is worth a second look because it costs more than once; null if it does not. */
export function explainParts(text: string): string | null {
  return measureSms(text).segments > 1 ? `${describeSms(text)}; each part is paid for.` : null;
}

function describeSms(text: string) {
  const { segments, characters, nonGsm } = measureSms(text);
  const [first, ...others] = nonGsm.map((character) => `'${character}'`);
  const named = others.length > 0 ? `among them ${[first, ...others.slice(0, 4)].join(", ")}` : `one is ${first}`;
  return `SMS: ${segments} parts (${characters} characters${first ? `, ${named} outside GSM-7` : ""})`;
}
