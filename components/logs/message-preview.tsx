"use client";

import { useState } from "react";
import { ViewChoice, widths } from "../ui/view-choice.tsx";
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
  const [width, setWidth] = useState<"phone" | "desktop">("desktop");
  const parts = [
    ...(htmlUrl ? [{ value: "html", label: "Message" }] : []),
    { value: "text", label: "Text" },
    { value: "headers", label: "Headers" },
  ];
  return (
    <section className={classes.preview} aria-label="Message">
      <div className={classes.bar}>
        <ViewChoice label="Part" options={parts} value={part} onChange={setPart} />
        {part === "html" ? <ViewChoice label="Width" options={widths} value={width} onChange={setWidth} /> : null}
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
