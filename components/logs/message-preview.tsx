"use client";

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import classes from "./message-preview.module.css";

type Props = {
  /** Serves the HTML, in a frame where nothing can run. */
  htmlUrl: string | null;
  text: string;
  headers: { name: string; value: string }[];
};

/** A message as it left: its HTML at two widths, its text part and its headers. */
export function MessagePreview({ htmlUrl, text, headers }: Props) {
  const [part, setPart] = useState(htmlUrl ? "html" : "text");
  const [width, setWidth] = useState("desktop");
  const parts = [
    ...(htmlUrl ? [{ value: "html", label: "Message" }] : []),
    { value: "text", label: "Text" },
    { value: "headers", label: "Headers" },
  ];
  return (
    <section className={classes.preview} aria-label="Message">
      <div className={classes.bar}>
        <SegmentedControl aria-label="Part" size="xs" value={part} onChange={setPart} data={parts} />
        {part === "html" ? (
          <SegmentedControl
            aria-label="Width"
            size="xs"
            value={width}
            onChange={setWidth}
            data={[
              { value: "phone", label: "Phone" },
              { value: "desktop", label: "Desktop" },
            ]}
          />
        ) : null}
      </div>
      {part === "html" && htmlUrl ? (
        <div className={classes.stage}>
          <iframe className={classes.frame} data-width={width} title="The message as sent" src={htmlUrl} sandbox="" />
        </div>
      ) : null}
      {part === "text" ? <pre className={classes.text}>{text || "This message has no text part."}</pre> : null}
      {part === "headers" ? (
        <dl className={classes.headers}>
          {headers.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </section>
  );
}
