import classes from "./designer.module.css";

type Props = { id?: string; errors: string[]; warnings: string[] };

/** What the checks say of a field that is not an input of its own. */
export function ProblemLines({ id, errors, warnings }: Props) {
  return errors.length + warnings.length > 0 ? (
    <ul id={id} className={classes.problems}>
      {errors.map((message) => (
        <li key={message} data-severity="error">
          {message}
        </li>
      ))}
      {warnings.map((message) => (
        <li key={message} data-severity="warning">
          {message}
        </li>
      ))}
    </ul>
  ) : null;
}
