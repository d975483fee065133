import type { ActionResult } from "#lib/action-result";
import type { Channel, LanguageCode } from "#lib/template-texts";

/** A template as the list shows it, ready to print. */
export type TemplateRow = {
  id: number;
  name: string;
  channel: Channel;
  className: string;
  /** What a reader sees first of it. */
  headline: string;
  /** Of each language whether it says all, some or nothing of what the template says. */
  languages: { code: LanguageCode; state: "complete" | "partial" | "missing" }[];
  uses: { id: number; name: string; isEnabled: boolean }[];
  edited: string;
  editor: string | null;
  isArchived: boolean;
};

/** What the list can do, if whoever looks at it may. */
export type TemplateListActions = {
  archive(input: { templateId: number; isConfirmed: boolean }): Promise<ActionResult<null>>;
  unarchive(input: { templateId: number }): Promise<ActionResult<null>>;
};
