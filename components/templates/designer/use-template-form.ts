import { useEffect, useRef, useState } from "react";
import type { DesignerTemplate, TemplateContent, TemplateForm } from "./designer-data.ts";
import { printForm } from "./form-fields.ts";

type Kept = TemplateForm & { revision: number | null };

const keyOf = ({ id, content }: DesignerTemplate) => `template-draft:${id ?? `new-${content.channel}`}`;

/**
 * The form, and what was stored when it began. What is not saved yet is kept in the browser: a reload, or a tab that
 * was closed, loses nothing.
 */
export function useTemplateForm(template: DesignerTemplate, isEditable: boolean) {
  const [form, setForm] = useState<TemplateForm>({ name: template.name, content: template.content });
  const [base, setBase] = useState<Kept>({ ...form, revision: template.revision });
  const [isRestored, setRestored] = useState(false);
  /** Grows whenever the texts come from elsewhere than the fields: editors begin anew with them. */
  const [epoch, setEpoch] = useState(0);
  const key = keyOf(template);
  const isDirty = printForm(form) !== printForm(base);
  const isReady = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page has come to life
  useEffect(() => {
    const kept = isEditable ? readKept(key) : null;
    isReady.current = true;
    if (kept && kept.content.channel === template.content.channel && printForm(kept) !== printForm(form)) {
      setForm({ name: kept.name, content: kept.content });
      setBase({ ...base, revision: kept.revision });
      setRestored(true);
      setEpoch((count) => count + 1);
    }
  }, []);

  useEffect(() => {
    if (!isReady.current || !isEditable) {
      return;
    }
    if (isDirty) {
      localStorage.setItem(key, JSON.stringify({ ...form, revision: base.revision } satisfies Kept));
    } else {
      localStorage.removeItem(key);
    }
  }, [form, base, isDirty, isEditable, key]);

  function replace(next: TemplateForm) {
    setForm(next);
    setEpoch((count) => count + 1);
  }

  return {
    form,
    baseRevision: base.revision,
    isDirty,
    isRestored,
    epoch,
    setName: (name: string) => setForm((now) => ({ ...now, name })),
    setContent: (change: (content: TemplateContent) => TemplateContent) =>
      setForm((now) => ({ ...now, content: change(now.content) })),
    /** Other texts than those of the fields, not saved yet. */
    replace,
    /** What is stored now. With `form`, the fields show that from here on. */
    settle(stored: Kept, { showsIt = false } = {}) {
      setBase(stored);
      setRestored(false);
      if (showsIt) {
        replace({ name: stored.name, content: stored.content });
      }
    },
    forget: () => localStorage.removeItem(key),
  };
}

function readKept(key: string): Kept | null {
  const text = localStorage.getItem(key);
  if (text === null) {
    return null;
  }
  const kept = JSON.parse(text) as Kept;
  return typeof kept.name === "string" && typeof kept.content === "object" ? kept : null;
}
