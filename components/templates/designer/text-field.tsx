import { Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useId, useRef } from "react";
import classes from "./designer.module.css";
import type { NameGroup } from "./designer-data.ts";
import { PlaceholderMenu } from "./placeholder-menu.tsx";
import { ProblemLines } from "./problem-lines.tsx";

type Props = {
  label: string;
  description?: ReactNode;
  /** What is sent where it is left empty. */
  fallback?: string;
  value: string;
  onChange: (value: string) => void;
  offered?: NameGroup[];
  problems: { errors: string[]; warnings: string[] };
  /** Of one that has several. */
  rows?: number;
  isCode?: boolean;
  isReadOnly: boolean;
};

/** A text with placeholders in it, which the menu puts where the cursor is. */
export function TextField({ label, rows, isCode, fallback, offered, problems, isReadOnly, onChange, ...rest }: Props) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const problemsId = useId();
  const hasProblems = problems.errors.length + problems.warnings.length > 0;

  function insert(source: string) {
    const field = input.current;
    if (field) {
      field.focus();
      field.setRangeText(source, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
      onChange(field.value);
    }
  }

  const shared = {
    ref: input,
    label,
    placeholder: fallback,
    readOnly: isReadOnly,
    error: problems.errors.length > 0,
    classNames: { input: isCode ? classes.code : undefined },
    "aria-describedby": hasProblems ? problemsId : undefined,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange(currentTarget.value),
    rightSectionPointerEvents: "auto" as const,
    rightSectionProps: { className: classes.insert },
    rightSection:
      offered && !isReadOnly ? (
        <PlaceholderMenu label={`Insert a placeholder: ${label}`} offered={offered} insert={insert} />
      ) : undefined,
    ...rest,
  };
  return (
    <div>
      {rows ? <Textarea {...shared} rows={rows} resize="vertical" spellCheck={!isCode} /> : <TextInput {...shared} />}
      <ProblemLines id={problemsId} {...problems} />
    </div>
  );
}
