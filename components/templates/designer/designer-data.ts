import type { FoundMember } from "#db/queries/find-members";
import type { TemplateContent } from "#db/schema/templates";
import type { NameGroup } from "#engine/template-names";
import type { ActionResult } from "#lib/action-result";
import type { SavedTemplate } from "#messaging/save-template";

export type { FoundMember, NameGroup, TemplateContent };

/** What is edited of a template. */
export type TemplateForm = { name: string; content: TemplateContent };

export type DesignerTemplate = TemplateForm & {
  /** Null until it is saved for the first time. */
  id: number | null;
  revision: number | null;
  isArchived: boolean;
  /** When and by whom, in words. */
  edited: string | null;
  editor: string | null;
};

export type VersionRow = { id: number; number: number; at: string; author: string | null };

export type DesignerData = {
  template: DesignerTemplate;
  /** Placeholders worth offering, by what gives them. */
  offered: NameGroup[];
  /** The workflows that send it. */
  senders: { id: number; name: string }[];
  gym: { name: string; language: string; senderAddress: string; senderName: string };
  viewerEmail: string;
  versions: VersionRow[];
};

export type DesignerActions = {
  save(
    input: TemplateForm & { templateId: number | null; revision: number | null },
  ): Promise<ActionResult<SavedTemplate>>;
  readVersion(input: {
    templateId: number;
    versionId: number;
  }): Promise<ActionResult<{ number: number; content: TemplateContent }>>;
  sendTest(input: PreviewInput): Promise<ActionResult<{ sentTo: string }>>;
};

export type PreviewInput = {
  templateId: number | null;
  content: TemplateContent;
  language: string;
  memberId: number | null;
};
