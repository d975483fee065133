import { NativeSelect } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBlockquote,
  IconBold,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconPhoto,
  IconRectangle,
  IconSeparatorHorizontal,
} from "@tabler/icons-react";
import type { Editor } from "@tiptap/core";
import { IconButton } from "../../ui/plain-button.tsx";
import type { NameGroup } from "../designer/designer-data.ts";
import { PlaceholderMenu } from "../designer/placeholder-menu.tsx";
import classes from "./email-body.module.css";
import { insertButton, insertImage, insertLink, insertPlaceholder } from "./insert.ts";

type Props = { editor: Editor; offered: NameGroup[] };

const styles = [
  { value: "0", label: "Text" },
  { value: "1", label: "Heading 1" },
  { value: "2", label: "Heading 2" },
  { value: "3", label: "Heading 3" },
];

export function Toolbar({ editor, offered }: Props) {
  const chain = () => editor.chain().focus();
  const level = [1, 2, 3].find((candidate) => editor.isActive("heading", { level: candidate })) ?? 0;
  const toggles = [
    { label: "Bold", Icon: IconBold, isOn: editor.isActive("bold"), run: () => chain().toggleBold().run() },
    { label: "Italic", Icon: IconItalic, isOn: editor.isActive("italic"), run: () => chain().toggleItalic().run() },
    { label: "Link", Icon: IconLink, isOn: editor.isActive("link"), run: () => insertLink(editor) },
    { label: "List", Icon: IconList, isOn: editor.isActive("bulletList"), run: () => chain().toggleBulletList().run() },
    {
      label: "Numbered list",
      Icon: IconListNumbers,
      isOn: editor.isActive("orderedList"),
      run: () => chain().toggleOrderedList().run(),
    },
    {
      label: "Quote",
      Icon: IconBlockquote,
      isOn: editor.isActive("blockquote"),
      run: () => chain().toggleBlockquote().run(),
    },
  ];
  const inserts = [
    { label: "Insert a button", Icon: IconRectangle, run: () => insertButton(editor) },
    { label: "Insert a picture", Icon: IconPhoto, run: () => insertImage(editor) },
    { label: "Insert a line", Icon: IconSeparatorHorizontal, run: () => chain().setHorizontalRule().run() },
  ];
  const history = [
    { label: "Undo", Icon: IconArrowBackUp, isAble: editor.can().undo(), run: () => chain().undo().run() },
    { label: "Redo", Icon: IconArrowForwardUp, isAble: editor.can().redo(), run: () => chain().redo().run() },
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be announced with each of its buttons
    <div className={classes.toolbar} role="group" aria-label="Formatting">
      <NativeSelect
        aria-label="Style"
        size="xs"
        className={classes.style}
        value={String(level)}
        data={styles}
        onChange={({ currentTarget: { value } }) =>
          value === "0"
            ? chain().setParagraph().run()
            : chain()
                .setHeading({ level: Number(value) as 1 | 2 | 3 })
                .run()
        }
      />
      {toggles.map(({ label, Icon, isOn, run }) => (
        <IconButton key={label} label={label} aria-pressed={isOn} className={classes.tool} onClick={run}>
          <Icon size={18} stroke={1.75} aria-hidden />
        </IconButton>
      ))}
      {inserts.map(({ label, Icon, run }) => (
        <IconButton key={label} label={label} className={classes.tool} onClick={run}>
          <Icon size={18} stroke={1.75} aria-hidden />
        </IconButton>
      ))}
      <PlaceholderMenu
        label="Insert a placeholder"
        offered={offered}
        insert={(source) => insertPlaceholder(editor, source)}
      />
      {history.map(({ label, Icon, isAble, run }) => (
        <IconButton key={label} label={label} className={classes.tool} disabled={!isAble} onClick={run}>
          <Icon size={18} stroke={1.75} aria-hidden />
        </IconButton>
      ))}
    </div>
  );
}
