import type { ComponentProps } from "react";
import classes from "./spoken.module.css";

/** For those who hear the page. Mantine's own would cost the member's pages more than it is. */
export const Spoken = (props: Omit<ComponentProps<"span">, "className">) => (
  <span {...props} className={classes.spoken} />
);
