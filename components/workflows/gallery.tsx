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
      <section className={classes.blank} aria-labelledby="blank">
        <div>
          <h2 id="blank">Blank</h2>
          <p className={classes.words}>Your own trigger, your own steps.</p>
        </div>
        <Button
          size="xs"
          leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
          loading={chosen === ""}
          disabled={chosen !== null}
          onClick={() => begin("", (token) => createBlank({ token }))}
        >
          Start blank
        </Button>
      </section>
      <ul className={classes.gallery}>
        {entries.map(({ name, description, triggerSummary, stepSummaries, isThere }) => (
          <li key={name} className={classes.entry}>
            <h2>{name}</h2>
            <p className={classes.trigger}>{triggerSummary}</p>
            <p className={classes.words}>{description}</p>
            <StepChain steps={stepSummaries} />
            <div className={classes.use}>
              <Button
                variant="default"
                size="xs"
                loading={chosen === name}
                disabled={chosen !== null}
                aria-label={`Use this: ${name}`}
                onClick={() => begin(name, (token) => createFromGallery({ name, token }))}
              >
                Use this
              </Button>
              {isThere ? <span className={classes.words}>You have one of that name.</span> : null}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
