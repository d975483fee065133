import type { ReactNode } from "react";
import classes from "./message-page.module.css";

type Props = {
  title: string;
  text: ReactNode;
  /** Shown in a page that has its `<main>` already. */
  isInside?: boolean;
  children: ReactNode;
};

/** A page that says one thing and what to do about it. */
export function MessagePage({ title, text, isInside, children }: Props) {
  const Root = isInside ? "div" : "main";
  return (
    <Root className={classes.page}>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.text}>{text}</p>
      <div className={classes.actions}>{children}</div>
    </Root>
  );
}
