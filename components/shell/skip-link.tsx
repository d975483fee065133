import classes from "./skip-link.module.css";

/** The first thing that Tab reaches: past the navigation, to `#content`. */
export function SkipLink({ children }: { children: string }) {
  return (
    <a className={classes.link} href="#content">
      {children}
    </a>
  );
}
