import type { Draft as StoredDraft } from "#engine/editing/draft";
import type { PublishPreview } from "#engine/editing/preview-publish";
import type { DraftPublished } from "#engine/editing/publish-draft";
import type { DraftReplaced } from "#engine/editing/replace-draft";
import type { DraftSaved } from "#engine/editing/save-draft";
import type { Trial } from "#engine/editing/try-workflow";
import type { Version } from "#engine/editing/versions";
import type { ActionResult } from "#lib/action-result";

/** A draft, gone through for one member on one day. */
export type Trying = { draft: StoredDraft; workflowId: number; memberId: number; date: string };

type At = { workflowId: number; revision: number };

/** What the editor asks of the server. Each refuses in the user's words whoever may not. */
export type EditorActions = {
  save: (input: At & { draft: StoredDraft }) => Promise<ActionResult<DraftSaved>>;
  previewPublish: (input: { workflowId: number }) => Promise<ActionResult<PublishPreview>>;
  publish: (input: At & { includeCurrent: boolean }) => Promise<ActionResult<DraftPublished>>;
  discard: (input: At) => Promise<ActionResult<DraftReplaced>>;
  listVersions: (input: { workflowId: number }) => Promise<ActionResult<Version[]>>;
  restore: (input: At & { version: number }) => Promise<ActionResult<DraftReplaced>>;
  tryIt: (input: Trying) => Promise<ActionResult<Trial>>;
  sendTest: (input: Trying & { stepId: number }) => Promise<ActionResult<{ recipient: string }>>;
};
