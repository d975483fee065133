"use client";

import { NativeSelect } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type DragEvent, useId, useState } from "react";
import { Refusal } from "../../ui/refusal.tsx";
import classes from "./bring-file.module.css";
import { type ImportActions, type ImportKind, kindTitles } from "./import-actions.ts";
import { importAddress } from "./import-address.ts";
import { Progress } from "./progress.tsx";
import { sendFile } from "./send-file.ts";

type Props = { actions: Pick<ImportActions, "bring" | "read"> };

/** Takes a file that is dropped or chosen, and leads to what was found in it. */
export function BringFile({ actions }: Props) {
  const [kind, setKind] = useState<ImportKind>("members");
  const [sent, setSent] = useState<{ name: string; share: number } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const router = useRouter();
  const inputId = useId();

  const send = async (file: File | undefined) => {
    if (!file || sent) {
      return;
    }
    setError(null);
    setSent({ name: file.name, share: 0 });
    const answer = await sendFile(file, kind, actions, (share) => setSent({ name: file.name, share }));
    if (answer.error === null) {
      router.push(importAddress(answer.importId));
    } else {
      setError(`${file.name}: ${answer.error}`);
      setSent(null);
    }
  };

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };

  return (
    <section className={classes.section} aria-label="Bring a file">
      <NativeSelect
        label="What is in the file"
        value={kind}
        disabled={sent !== null}
        data={Object.entries(kindTitles).map(([value, label]) => ({ value, label }))}
        onChange={({ currentTarget }) => setKind(currentTarget.value as ImportKind)}
        className={classes.kind}
      />
      {sent ? (
        <div className={classes.zone}>
          <Progress label={`${sent.name} is being sent. Keep this page open until it is here.`} share={sent.share} />
        </div>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: whoever drops nothing chooses the file with the field in it
        <div
          className={classes.zone}
          data-over={isOver || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <IconFileUpload size={32} stroke={1.25} aria-hidden />
          <p>
            <input
              id={inputId}
              className={classes.input}
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={({ currentTarget }) => {
                void send(currentTarget.files?.[0]);
                currentTarget.value = "";
              }}
            />
            <label htmlFor={inputId} className={classes.choose}>
              Choose a CSV file
            </label>{" "}
            or drop it here
          </p>
          <p className={classes.hint}>
            At most 50 MB and 200,000 lines. Nothing is stored before you have seen how it will be read.
          </p>
        </div>
      )}
      {error ? <Refusal>{error}</Refusal> : null}
    </section>
  );
}
