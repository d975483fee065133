import { useState } from "react";
import { ViewChoice, widths } from "../../ui/view-choice.tsx";
import type { PreviewAnswer } from "./preview-answer.ts";
import { PreviewFrame } from "./preview-frame.tsx";
import classes from "./preview-pane.module.css";

type Props = {
  message: NonNullable<PreviewAnswer["message"]>;
  /** What the server is asked for, as text. */
  body: string;
};

const parts = [
  { value: "html", label: "Email" },
  { value: "text", label: "Text" },
] as const;

const schemes = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export function EmailPreview({ message, body }: Props) {
  const [part, setPart] = useState<"html" | "text">("html");
  const [width, setWidth] = useState<"phone" | "desktop">("phone");
  const [scheme, setScheme] = useState<"light" | "dark">("light");
  return (
    <>
      <div className={classes.parts}>
        <ViewChoice label="Part" options={parts} value={part} onChange={setPart} />
        {part === "html" ? (
          <>
            <ViewChoice label="Colours" options={schemes} value={scheme} onChange={setScheme} />
            <ViewChoice label="Width" options={widths} value={width} onChange={setWidth} />
          </>
        ) : null}
      </div>
      <dl className={classes.envelope}>
        <div>
          <dt>From</dt>
          <dd>{message.sender}</dd>
        </div>
        <div>
          <dt>Subject</dt>
          <dd>{message.subject}</dd>
        </div>
        <div>
          <dt title="What an inbox shows beside the subject">Preview</dt>
          <dd className={classes.inbox}>{message.inbox}</dd>
        </div>
      </dl>
      {part === "html" ? (
        <PreviewFrame body={body} scheme={scheme} width={width} />
      ) : (
        <pre className={classes.text}>{message.text}</pre>
      )}
    </>
  );
}
