import type { ReactNode } from "react";
import classes from "./file-view.module.css";

/** The parts of a file's page, one below the other. */
export const FileView = ({ children }: { children: ReactNode }) => <div className={classes.view}>{children}</div>;
