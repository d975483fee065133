import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { callAction } from "../ui/call-action.ts";
import { useToast } from "../ui/toast.tsx";
import type { FormValues, SaveSettings, SettingsFormData } from "./settings-form-data.ts";

type Conflict = { message: string; theirs: FormValues };

const isSame = (a: FormValues, b: FormValues) => Object.keys(a).every((name) => a[name] === b[name]);

/** What is typed, what it began from, and what the server said to it. */
export function useSettingsForm(
  { group, title, values: stored }: SettingsFormData,
  save: SaveSettings,
  onDirty: (isDirty: boolean) => void,
) {
  const router = useRouter();
  const show = useToast();
  const [values, setValues] = useState(stored);
  const [seen, setSeen] = useState(stored);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [isSaving, setSaving] = useState(false);
  const isDirty = !isSame(values, seen);

  const tell = useRef(onDirty);
  useEffect(() => {
    tell.current = onDirty;
  }, [onDirty]);
  useEffect(() => tell.current(isDirty), [isDirty]);

  // Stored anew, by whomever: shown at once where nothing was typed, and else found when it is saved.
  if (!isDirty && !isSame(stored, seen)) {
    setValues(stored);
    setSeen(stored);
  }

  function take(settled: FormValues) {
    setValues(settled);
    setSeen(settled);
    setErrors({});
    setRefusal(null);
    setConflict(null);
  }

  async function send(upon: FormValues) {
    if (isSaving) {
      return;
    }
    setSaving(true);
    const answer = await callAction(save({ group, values, seen: upon }), "What you typed is kept.");
    setSaving(false);
    setErrors(answer.ok ? {} : answer.fields);
    setRefusal(answer.ok ? null : answer.message);
    if (!answer.ok) {
      return;
    }
    if (answer.data.outcome === "conflict") {
      setConflict(answer.data);
      return;
    }
    take(answer.data.values);
    show({ message: `${title}: saved.` });
    router.refresh();
  }

  return {
    ...{ values, errors, refusal, conflict, isSaving, isDirty },
    change(name: string, value: string | boolean) {
      setValues((known) => ({ ...known, [name]: value }));
      setErrors(({ [name]: _, ...others }) => others);
    },
    save: () => send(seen),
    saveOverTheirs: () => conflict && send(conflict.theirs),
    takeTheirs: () => conflict && take(conflict.theirs),
    discard: () => take(seen),
  };
}
