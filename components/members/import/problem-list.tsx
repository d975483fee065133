import { PlainLinkButton } from "../../ui/plain-button.tsx";
import classes from "./problem-list.module.css";

export type ListedProblem = { line: number; column: string; value: string; reason: string };

type Props = {
  importId: number;
  problems: ListedProblem[];
  /** Lines, shown or not. */
  refused: number;
};

/** What is wrong, by line; all of it in a file. */
export function ProblemList({ importId, problems, refused }: Props) {
  if (refused === 0) {
    return null;
  }
  return (
    <section aria-label="Lines with errors" className={classes.section}>
      <header className={classes.head}>
        <h2>
          {refused.toLocaleString("en")} {refused === 1 ? "line" : "lines"} with errors
        </h2>
        <PlainLinkButton look="outlined" href={`/api/members/imports/${importId}/problems`} download>
          Download errors
        </PlainLinkButton>
      </header>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Column</th>
            <th scope="col">Value</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, column, value, reason }) => (
            <tr key={`${line} ${column}`}>
              <td>{line}</td>
              <td>{column || "–"}</td>
              <td>{value || "–"}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {refused > problems.length ? <p className={classes.more}>The first of them; the file has the others.</p> : null}
    </section>
  );
}
