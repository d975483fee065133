import type { ReactNode } from "react";
import classes from "./page-header.module.css";

type Props = { title: string; description?: ReactNode; children?: ReactNode };

export function PageHeader({ title, description, children }: Props) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {description ? <p className={classes.description}>{description}</p> : null}
      </div>
      {children}
    </header>
  );
}
