import { useEditor } from "./editor-context.ts";
import classes from "./panel.module.css";
import { type Problem, withoutField } from "./problems.ts";

/** What is wrong with what is selected, beyond what its fields say themselves. */
export function ProblemList({ problems }: { problems: Problem[] }) {
  const { forms } = useEditor().vocabulary;
  const fields = [...forms.triggers, ...forms.actions, ...forms.conditions].flatMap((form) => form.fields);
  const others = withoutField(problems, new Set(fields.map(({ name }) => name)));
  return others.length === 0 ? null : (
    <ul className={classes.problems}>
      {others.map(({ path, message }) => (
        <li key={`${path} ${message}`}>{message}</li>
      ))}
    </ul>
  );
}
