import type { ReactNode } from "react";
import classes from "./page.module.css";

/** The room that an admin page has beside the navigation. */
export function Page({ children }: { children: ReactNode }) {
  return <div className={classes.page}>{children}</div>;
}
