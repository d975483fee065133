"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { GalleryEntry } from "#engine/editing/gallery";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import { Refusal } from "../ui/refusal.tsx";
import { editorAddress } from "./editor-address.ts";
import classes from "./gallery.module.css";
import { StepChain } from "./step-chain.tsx";

type Created = Promise<ActionResult<{ id: number }>>;

type Props = {
  entries: GalleryEntry[];
  createBlank: (input: { token: string }) => Created;
  createFromGallery: (input: { name: string; token: string }) => Created;
};

/** Where a workflow begins: empty, or as one that good gyms have. */
export function Gallery({ entries, createBlank, createFromGallery }: Props) {
  const router = useRouter();
  const [chosen, setChosen] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  // One a visit and choice: pressed again, also when no answer came, it is done once.
  const tokens = useRef<Record<string, string>>({});

  async function begin(name: string, create: (token: string) => Created) {
    setChosen(name);
    setRefusal(null);
    tokens.current[name] ??= crypto.randomUUID();
    const answer = await callAction(create(tokens.current[name]));
    if (answer.ok) {
      router.push(editorAddress(answer.data.id));
    } else {
      setChosen(null);
      setRefusal(answer.message);
    }
  }

  return (
    <>
      {refusal ? <Refusal>{refusal}</Refusal> : null}
      <ul className={classes.gallery}>
        <li className={classes.entry}>
          <h2>Blank</h2>
          <p className={classes.words}>Your own trigger, your own steps.</p>
          <Button
            className={classes.use}
            size="xs"
            leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
            loading={chosen === ""}
            disabled={chosen !== null}
            onClick={() => begin("", (token) => createBlank({ token }))}
          >
            Start blank
          </Button>
        </li>
        {entries.map(({ name, description, triggerSummary, stepSummaries, isThere }) => (
          <li key={name} className={classes.entry}>
            <h2>{name}</h2>
            <p className={classes.trigger}>{triggerSummary}</p>
            <p className={classes.words}>{description}</p>
            <StepChain steps={stepSummaries} />
            <Button
              className={classes.use}
              variant="default"
              size="xs"
              loading={chosen === name}
              disabled={chosen !== null}
              aria-label={`Use ${name}`}
              onClick={() => begin(name, (token) => createFromGallery({ name, token }))}
            >
              {isThere ? "Use as a second one" : "Use this"}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
