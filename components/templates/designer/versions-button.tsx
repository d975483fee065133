import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { callAction } from "../../ui/call-action.ts";
import { useToast } from "../../ui/toast.tsx";
import classes from "./designer.module.css";
import type { VersionRow } from "./designer-data.ts";
import type { Designer } from "./use-designer.ts";

/** What the template said before. A version that is brought back is not sent before it is saved. */
export function VersionsButton({ designer }: { designer: Designer }) {
  const { data, actions, form, isEditable, replace } = designer;
  const [isOpen, setOpen] = useState(false);
  const show = useToast();

  async function restore({ id, number }: VersionRow) {
    if (!actions || data.template.id === null) {
      return;
    }
    const answer = await callAction(actions.readVersion({ templateId: data.template.id, versionId: id }));
    if (answer.ok) {
      const before = form;
      replace({ name: form.name, content: answer.data.content });
      setOpen(false);
      show({
        message: `Version ${number} is in the fields. Save it to send it.`,
        action: { label: "Undo", run: () => replace(before) },
      });
    } else {
      show({ message: answer.message, isError: true });
    }
  }

  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Versions
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Versions">
        <ol className={classes.versions}>
          {data.versions.map((version, index) => (
            <li key={version.id}>
              <span>
                <strong>Version {version.number}</strong>
                {index === 0 ? " · sent now" : ""}
                <span className={classes.when}>
                  {version.at}
                  {version.author ? ` by ${version.author}` : ""}
                </span>
              </span>
              {isEditable && index > 0 ? (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Restore version ${version.number}`}
                  onClick={() => restore(version)}
                >
                  Restore
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      </Modal>
    </>
  );
}
