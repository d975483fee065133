import type { Editor } from "@tiptap/core";

/** Links begin so: everything else is refused. */
const start = "https://";

export function insertPlaceholder(editor: Editor, source: string) {
  editor.chain().focus().insertContent({ type: "placeholder", attrs: { source } }).run();
}

/** What is chosen becomes a link; where nothing is, a new one is written. Pressed within a link, it is taken off. */
export function insertLink(editor: Editor) {
  if (editor.isActive("link")) {
    editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
  } else if (editor.state.selection.empty) {
    const { from } = editor.state.selection;
    const text = "Link";
    editor
      .chain()
      .focus()
      .insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href: start } }] })
      .setTextSelection({ from, to: from + text.length })
      .run();
  } else {
    editor.chain().focus().setMark("link", { href: start }).run();
  }
}

export function insertButton(editor: Editor) {
  editor
    .chain()
    .focus()
    .insertContent({ type: "button", attrs: { href: start }, content: [{ type: "text", text: "Button" }] })
    .run();
}

export function insertImage(editor: Editor) {
  const { from } = editor.state.selection;
  editor
    .chain()
    .focus()
    .insertContent({ type: "image", attrs: { src: start } })
    .run();
  // The picture that is new, so that its address can be typed at once.
  let place: number | null = null;
  editor.state.doc.nodesBetween(Math.max(0, from - 1), editor.state.doc.content.size, (node, position) => {
    if (place === null && node.type.name === "image") {
      place = position;
    }
  });
  if (place !== null) {
    editor.commands.setNodeSelection(place);
  }
}
