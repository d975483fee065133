import { useRef, useState } from "react";
import type { EmailDocument } from "#lib/email-document/document";
import type { NameGroup } from "../designer/designer-data.ts";
import { createChipLabels } from "./chip.ts";
import classes from "./email-body.module.css";
import { SelectionPanel } from "./selection-panel.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useEditor } from "./use-editor.ts";

type Props = {
  document: EmailDocument;
  onChange: (html: string) => void;
  offered: NameGroup[];
  isReadOnly: boolean;
  labelledBy: string;
  describedBy: string;
  isInvalid: boolean;
};

export function VisualEditor({ document, onChange, offered, isReadOnly, labelledBy, describedBy, isInvalid }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [first] = useState({ document, label: createChipLabels(offered) });
  const editor = useEditor(place, {
    ...first,
    onChange,
    isReadOnly,
    attributes: {
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": labelledBy,
      "aria-describedby": describedBy,
      ...(isReadOnly && { "aria-readonly": "true" }),
    },
  });
  return (
    <div className={classes.editor} data-invalid={isInvalid || undefined}>
      {editor && !isReadOnly ? <Toolbar editor={editor} offered={offered} /> : <div className={classes.toolbar} />}
      {editor && !isReadOnly ? <SelectionPanel editor={editor} label={first.label} /> : null}
      <div ref={place} className={classes.paper} />
    </div>
  );
}
