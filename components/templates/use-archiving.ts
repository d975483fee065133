import { useRouter } from "next/navigation";
import { useState } from "react";
import { callAction } from "../ui/call-action.ts";
import { useToast } from "../ui/toast.tsx";
import type { TemplateListActions, TemplateRow } from "./template-row.ts";

/** Archiving with a way back. What workflows send is refused at first, with their names. */
export function useArchiving({ id, name }: TemplateRow, actions: TemplateListActions) {
  const router = useRouter();
  const show = useToast();
  const [refusal, setRefusal] = useState<string | null>(null);

  async function archive({ isConfirmed = false } = {}) {
    const answer = await callAction(actions.archive({ templateId: id, isConfirmed }));
    if (answer.ok) {
      setRefusal(null);
      show({ message: `“${name}” is archived.`, action: { label: "Undo", run: unarchive } });
      router.refresh();
    } else {
      setRefusal(answer.message);
    }
  }

  async function unarchive() {
    const answer = await callAction(actions.unarchive({ templateId: id }));
    show(answer.ok ? { message: `“${name}” is back.` } : { message: answer.message, isError: true });
    router.refresh();
  }

  return { archive, unarchive, refusal, forget: () => setRefusal(null) };
}
