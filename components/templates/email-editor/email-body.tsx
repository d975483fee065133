import { useId, useState } from "react";
import { parseEmailHtml } from "#lib/email-document/parse-email-html";
import { ViewChoice } from "../../ui/view-choice.tsx";
import type { NameGroup } from "../designer/designer-data.ts";
import { ProblemLines } from "../designer/problem-lines.tsx";
import { TextField } from "../designer/text-field.tsx";
import classes from "./email-body.module.css";
import { VisualEditor } from "./visual-editor.tsx";

type Props = {
  value: string;
  fallback?: string;
  onChange: (html: string) => void;
  offered: NameGroup[];
  problems: { errors: string[]; warnings: string[] };
  isReadOnly: boolean;
};

/** An email's body as it looks, or as it is written: HTML that the visual editor could not give back stays HTML. */
export function EmailBody({ value, fallback, problems, ...rest }: Props) {
  // The editor begins with a document and keeps it itself: what is half typed is no reason to take it away.
  const [document, setDocument] = useState(() => parseEmailHtml(value).document);
  const parsed = document ? null : parseEmailHtml(value);
  const id = useId();
  const problemsId = `${id}-problems`;
  return (
    <div className={classes.body}>
      <div className={classes.head}>
        <span id={id} className={classes.label}>
          Body
        </span>
        <ViewChoice
          label="How the body is edited"
          value={document ? "visual" : "html"}
          onChange={(mode) => setDocument(mode === "html" ? null : parseEmailHtml(value).document)}
          options={[
            { value: "visual", label: "Visual", disabled: Boolean(parsed?.obstacle) },
            { value: "html", label: "HTML" },
          ]}
        />
      </div>
      {document ? (
        <>
          <VisualEditor
            {...rest}
            document={document}
            labelledBy={id}
            describedBy={problemsId}
            isInvalid={problems.errors.length > 0}
          />
          {value === "" && fallback ? (
            <p className={classes.hint}>Left empty, the default language’s body is sent.</p>
          ) : null}
          <ProblemLines id={problemsId} {...problems} />
        </>
      ) : (
        <>
          {parsed?.obstacle ? (
            <p className={classes.hint}>
              Edited as HTML, because the visual editor would lose {parsed.obstacle.what} (line {parsed.obstacle.line}).
            </p>
          ) : null}
          <TextField label="Body as HTML" rows={18} isCode value={value} problems={problems} {...rest} />
        </>
      )}
    </div>
  );
}
