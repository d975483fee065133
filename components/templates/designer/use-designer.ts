import { useRouter } from "next/navigation";
import { useState } from "react";
import { callAction } from "../../ui/call-action.ts";
import { useToast } from "../../ui/toast.tsx";
import type { DesignerActions, DesignerData, FoundMember, TemplateContent } from "./designer-data.ts";
import { problemsOf } from "./field-problems.ts";
import { isEmptyField, pathOf, readText, type TextField, writeText } from "./form-fields.ts";
import { usePreview } from "./use-preview.ts";
import { useTemplateForm } from "./use-template-form.ts";

export type Designer = ReturnType<typeof useDesigner>;

/** Somebody else saved since; `revision` is theirs. */
export type Conflict = { revision: number; editor: string | null };

/** Everything that the parts of the designer share: the form, what is wrong with it, and what can be done with it. */
export function useDesigner(data: DesignerData, actions: DesignerActions | null) {
  const { template, offered } = data;
  const isEditable = actions !== null && !template.isArchived;
  const router = useRouter();
  const show = useToast();
  const editing = useTemplateForm(template, isEditable);
  const { form, baseRevision, isDirty } = editing;
  const [language, setLanguage] = useState(form.content.language);
  const [reader, setReader] = useState<FoundMember | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<{ message: string; fields: Record<string, string> } | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const [foundConflict, setConflict] = useState<Conflict | null>(null);
  const previewInput = { templateId: template.id, content: form.content, language, memberId: reader?.id ?? null };
  const preview = usePreview(previewInput, actions !== null);
  const [wasRefused, setWasRefused] = useState(false);
  const isNew = template.id === null && !wasRefused;
  // Of a template that was just begun nobody needs to hear that most of it is missing.
  const problems = (preview.answer?.problems ?? []).filter(({ field }) => !isNew || !isEmptyField(form.content, field));
  // What was kept in this browser may be older than what is stored.
  const isOutdated = isDirty && (template.revision ?? 0) > (baseRevision ?? Number.POSITIVE_INFINITY);
  const conflict = foundConflict ?? (isOutdated ? { revision: template.revision ?? 0, editor: template.editor } : null);

  /** With a revision of somebody else's, it is saved over theirs. */
  async function save(revision = baseRevision) {
    if (!actions || isSaving) {
      return;
    }
    setSaving(true);
    setNotice(null);
    const answer = await callAction(actions.save({ ...form, templateId: template.id, revision }), "Your text is kept.");
    setSaving(false);
    setRefusal(answer.ok ? null : answer);
    if (!answer.ok) {
      show({ message: answer.message, isError: true });
      return;
    }
    const saved = answer.data;
    if (saved.outcome === "refused") {
      setWasRefused(true);
      show({ message: "Not saved. Correct what is marked first.", isError: true });
    } else if (saved.outcome === "conflict") {
      setConflict(saved);
      router.refresh();
    } else {
      const isCleaned = saved.content.body_html !== form.content.body_html;
      editing.settle({ name: form.name, content: saved.content, revision: saved.revision }, { showsIt: isCleaned });
      setConflict(null);
      setNotice(removedFrom(saved.problems));
      show({ message: "Saved. Messages that go out from now on say this." });
      if (template.id === null) {
        editing.forget();
        router.replace(`/admin/templates/${saved.id}`);
      } else {
        router.refresh();
      }
    }
  }

  return {
    data,
    actions,
    offered,
    isEditable,
    ...editing,
    language,
    setLanguage,
    reader,
    setReader,
    preview,
    previewInput,
    problems,
    isSaving,
    refusal,
    notice,
    conflict,
    save,
    takeTheirs() {
      editing.settle({ ...template, revision: template.revision }, { showsIt: true });
      setConflict(null);
    },
    readText: (field: TextField, of = language) => readText(form.content, of, field),
    writeText: (field: TextField, text: string) =>
      editing.setContent((content) => writeText(content, language, field, text)),
    change: (change: Partial<TemplateContent>) => editing.setContent((content) => ({ ...content, ...change })),
    textProblems: (field: TextField, options?: { isOneLine?: boolean }) =>
      problemsOf(problems, pathOf(form.content, language, field), options),
  };
}

const removedFrom = (problems: { severity: string; message: string }[]): string | null =>
  problems.find(({ message }) => /unsafe parts? removed/.test(message))?.message ?? null;
