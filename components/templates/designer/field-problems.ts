import type { Problem } from "#messaging/check-template";

/** Where it is is said where there is more than one line to look through. */
const printProblem = ({ line, column, message }: Problem, isOneLine: boolean): string =>
  isOneLine || (line === 1 && column === 1) ? message : `Line ${line}, column ${column}: ${message}`;

/** What is wrong with a field, and what is worth a second look. */
export function problemsOf(problems: Problem[], field: string, { isOneLine = false } = {}) {
  const own = problems.filter((problem) => problem.field === field);
  const print = (severity: Problem["severity"]) =>
    own.filter((problem) => problem.severity === severity).map((problem) => printProblem(problem, isOneLine));
  return { errors: print("error"), warnings: print("warning") };
}
