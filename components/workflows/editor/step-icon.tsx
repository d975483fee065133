import {
  IconArrowsSplit2,
  IconBell,
  IconCheckbox,
  IconClock,
  IconMail,
  IconMessage,
  IconUser,
} from "@tabler/icons-react";
import type { DefinitionForm, EditorForms } from "#engine/forms";
import { formOf } from "./describe-draft.ts";
import type { DraftStep } from "./draft.ts";

/** By what an action asks somebody to pick, so that one more action has its icon too. */
const byPick = { email_template: IconMail, in_app_template: IconBell, sms_template: IconMessage, staff: IconUser };

export const iconOf = (form: DefinitionForm | undefined) => {
  const pick = form?.fields.find((field) => field.pick)?.pick;
  return pick ? byPick[pick] : IconCheckbox;
};

export function StepIcon({ step, forms }: { step: DraftStep; forms: EditorForms }) {
  const Icon =
    "wait" in step ? IconClock : "branch" in step ? IconArrowsSplit2 : iconOf(formOf(forms.actions, step.action.type));
  return <Icon size={17} stroke={1.75} aria-hidden />;
}
