import type { ReactNode } from "react";
import classes from "./refusal.module.css";

/** Why something was not done, said at once to those who hear the page. */
export function Refusal({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <div role="alert" className={classes.refusal}>
      {title ? <strong>{title}</strong> : null}
      {children}
    </div>
  );
}
