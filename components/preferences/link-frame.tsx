import type { ReactNode } from "react";
import type { Language } from "#lib/member-texts";
import { BrandMark } from "../shell/brand-mark.tsx";
import classes from "./link-frame.module.css";

type Props = { language: Language; gymName: string; children: ReactNode };

/** What stands around the page of somebody who came by a link and need not sign in. */
export function LinkFrame({ language, gymName, children }: Props) {
  return (
    <div lang={language} className={classes.frame}>
      <header className={classes.header}>
        <BrandMark size={26} />
        <span>{gymName}</span>
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  );
}
