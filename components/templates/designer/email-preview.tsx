import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { PreviewAnswer } from "./preview-answer.ts";
import { PreviewFrame } from "./preview-frame.tsx";
import classes from "./preview-pane.module.css";

type Props = {
  message: NonNullable<PreviewAnswer["message"]>;
  /** What the server is asked for, as text. */
  body: string;
};

export function EmailPreview({ message, body }: Props) {
  const [part, setPart] = useState("html");
  const [width, setWidth] = useState("phone");
  const [scheme, setScheme] = useState("light");
  return (
    <>
      <div className={classes.parts}>
        <SegmentedControl
          aria-label="Part"
          size="xs"
          transitionDuration={0}
          value={part}
          onChange={setPart}
          data={[
            { value: "html", label: "Email" },
            { value: "text", label: "Text" },
          ]}
        />
        {part === "html" ? (
          <SegmentedControl
            aria-label="Colours"
            size="xs"
            transitionDuration={0}
            value={scheme}
            onChange={setScheme}
            data={[
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
          />
        ) : null}
        {part === "html" ? (
          <SegmentedControl
            aria-label="Width"
            size="xs"
            transitionDuration={0}
            value={width}
            onChange={setWidth}
            data={[
              { value: "phone", label: "Phone" },
              { value: "desktop", label: "Desktop" },
            ]}
          />
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
          <dt title="What an inbox shows beside the subject: how the email begins">Preview</dt>
          <dd className={classes.inbox}>{message.inbox}</dd>
        </div>
      </dl>
      {part === "html" ? (
        <PreviewFrame
          body={body}
          scheme={scheme === "dark" ? "dark" : "light"}
          width={width === "desktop" ? "desktop" : "phone"}
        />
      ) : (
        <pre className={classes.text}>{message.text}</pre>
      )}
    </>
  );
}
