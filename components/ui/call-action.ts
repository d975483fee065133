import { unstable_isUnrecognizedActionError as isOfAnOlderPage } from "next/navigation";
import type { ActionResult } from "#lib/action-result";

/** What a server action answered. One that gave no answer is a refusal with the way out; `kept` says what is not lost. */
export const callAction = <Data>(call: Promise<ActionResult<Data>>, kept = ""): Promise<ActionResult<Data>> =>
  call.catch((error) => ({
    ok: false,
    fields: {},
    message: isOfAnOlderPage(error)
      ? `The app was updated. Reload the page and try again. ${kept}`.trim()
      : "The server did not answer. Check your connection and try again.",
  }));
