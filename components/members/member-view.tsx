import { IconArrowLeft } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Tone, type ToneName } from "../ui/tone.tsx";
import classes from "./member-view.module.css";

type Props = {
  name: string;
  state: string;
  tone: ToneName;
  note: string | null;
  /** What can be done for the member. */
  actions: ReactNode;
  facts: ReactNode;
  children: ReactNode;
};

/** The frame of a member's page: who it is, what happened, and beside it what is known. */
export function MemberView({ name, state, tone, note, actions, facts, children }: Props) {
  return (
    <>
      <Link className={classes.back} href="/admin/members">
        <IconArrowLeft size={16} stroke={1.75} aria-hidden />
        Members
      </Link>
      <header className={classes.header}>
        <div className={classes.who}>
          <h1>{name}</h1>
          <p>
            <Tone tone={tone}>{state}</Tone>
            {note ? <span>{note}</span> : null}
          </p>
        </div>
        {actions}
      </header>
      <div className={classes.columns}>
        <div className={classes.happened}>{children}</div>
        {facts}
      </div>
    </>
  );
}
