import { Editor, type JSONContent } from "@tiptap/core";
import { type RefObject, useEffect, useReducer, useRef, useState } from "react";
import type { EmailDocument } from "#lib/email-document/document";
import { writeEmailHtml } from "#lib/email-document/write-email-html";
import type { LabelChip } from "./chip.ts";
import { createExtensions } from "./extensions.ts";

type Options = {
  document: EmailDocument;
  label: LabelChip;
  isReadOnly: boolean;
  attributes: Record<string, string>;
  onChange: (html: string) => void;
};

/** An editor in an element of the page, which begins with the document and from then on keeps it itself. */
export function useEditor(place: RefObject<HTMLElement | null>, options: Options): Editor | null {
  const [editor, setEditor] = useState<Editor | null>(null);
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const latest = useRef(options);
  latest.current = options;

  useEffect(() => {
    const { document, label, isReadOnly, attributes } = latest.current;
    const created = new Editor({
      element: place.current,
      extensions: createExtensions(label),
      content: document as JSONContent,
      editable: !isReadOnly,
      editorProps: { attributes },
      // Its styles are among our own: made in the browser they would need a nonce.
      injectCSS: false,
      onUpdate: ({ editor: changed }) => latest.current.onChange(writeEmailHtml(changed.getJSON() as EmailDocument)),
      onTransaction: drawAgain,
    });
    setEditor(created);
    return () => created.destroy();
  }, [place]);

  return editor;
}
