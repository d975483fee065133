import { unstable_isUnrecognizedActionError as isOfAnOlderPage } from "next/navigation";
import type { ActionResult } from "#lib/action-result";

type Unanswered = { ok: false; message: string; fields: Record<string, string>; mayPass: boolean };

/**
 * What a server action answered. One that gave no answer is a refusal with the way out; `kept` says what is not lost by it.
 * `mayPass`: the same call may be answered later.
 */
export const callAction = <Data>(
  call: Promise<ActionResult<Data>>,
  kept = "",
): Promise<ActionResult<Data> | Unanswered> =>
  call.catch((error) => ({ ok: false, fields: {}, ...explain(isOfAnOlderPage(error), kept) }));

const explain = (isOutdated: boolean, kept: string) =>
  isOutdated
    ? { message: `The app was updated. Reload the page and try again. ${kept}`.trim(), mayPass: false }
    : { message: "The server did not answer. Check your connection and try again.", mayPass: true };
