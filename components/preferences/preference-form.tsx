import type { ReactNode } from "react";
import type { Verb } from "#lib/preference-form";

export type FormAction = { action: string };

/** A plain form that asks for one thing. It needs no script, and pressing twice is pressing once. */
export function PreferenceForm({ action, verb, children }: FormAction & { verb: Verb; children: ReactNode }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="do" value={verb} />
      {children}
    </form>
  );
}
