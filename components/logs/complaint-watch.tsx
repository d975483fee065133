"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import type { ActionResult } from "#lib/action-result";
import { callAction } from "../ui/call-action.ts";
import classes from "./complaint-watch.module.css";
import { type EnterFigure, PostmasterDialog } from "./postmaster-dialog.tsx";

export type Complaints = {
  level: "fine" | "warning" | "paused";
  /** What it comes to, and what to do about it. */
  headline: string | null;
  advice: string | null;
  figures: string;
  /** The gym's day. */
  today: string;
};

type Props = {
  complaints: Complaints;
  enterFigure: EnterFigure;
  resume: (input: Record<string, never>) => Promise<ActionResult<unknown>>;
};

/** How much of the advertising by email was reported as spam: a line while all is well, a banner when it is not. */
export function ComplaintWatch({ complaints, enterFigure, resume }: Props) {
  const { level, headline, advice, figures, today } = complaints;
  const [isEntering, setEntering] = useState(false);
  return (
    <section className={classes.watch} data-level={level} aria-label="Spam complaints">
      {headline ? (
        <p>
          <strong>{headline}</strong> {advice}
        </p>
      ) : null}
      <p className={classes.figures}>
        {figures}{" "}
        <Button variant="subtle" size="compact-sm" onClick={() => setEntering(true)}>
          Enter Google's figure
        </Button>
      </p>
      {level === "paused" ? <Resume resume={resume} /> : null}
      <PostmasterDialog isOpen={isEntering} close={() => setEntering(false)} today={today} enterFigure={enterFigure} />
    </section>
  );
}

/** More complaints after it can cost the gym its place in the inbox, so it asks once more. */
function Resume({ resume }: Pick<Props, "resume">) {
  const [isSure, setSure] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function confirm() {
    setAsked(true);
    const answer = await callAction(resume({}));
    setAsked(false);
    setSure(false);
    setRefusal(answer.ok ? null : answer.message);
  }

  return (
    <>
      <div className={classes.buttons}>
        <Button size="xs" loading={isAsked} onClick={isSure ? confirm : () => setSure(true)}>
          {isSure ? "Yes, send marketing email again" : "Go on sending marketing email"}
        </Button>
        {isSure ? (
          <Button size="xs" variant="default" disabled={isAsked} onClick={() => setSure(false)}>
            Not yet
          </Button>
        ) : null}
      </div>
      {refusal ? <p role="alert">{refusal}</p> : null}
    </>
  );
}
