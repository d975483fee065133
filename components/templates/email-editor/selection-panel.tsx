import { Button, TextInput } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { type LabelChip, readChip, writeChip } from "./chip.ts";
import classes from "./email-body.module.css";

type Props = { editor: Editor; label: LabelChip };

/** What can be said of whatever is chosen: where it leads, what is written if there is nothing to fill in. */
export function SelectionPanel({ editor, label }: Props) {
  if (editor.isActive("placeholder")) {
    return <PlaceholderPanel editor={editor} label={label} />;
  }
  if (editor.isActive("image")) {
    return <ImagePanel editor={editor} />;
  }
  if (editor.isActive("button")) {
    return (
      <div className={classes.panel}>
        <Address
          label="The button leads to"
          value={editor.getAttributes("button").href}
          onChange={(href) => editor.commands.updateAttributes("button", { href })}
        />
      </div>
    );
  }
  return editor.isActive("link") ? <LinkPanel editor={editor} /> : null;
}

type AddressProps = { label: string; value: string; onChange: (value: string) => void };

const Address = ({ label, value, onChange }: AddressProps) => (
  <TextInput
    label={label}
    size="xs"
    className={classes.address}
    value={value}
    placeholder="https://… or {{ app_url }}/me"
    spellCheck={false}
    onChange={({ currentTarget }) => onChange(currentTarget.value)}
  />
);

function LinkPanel({ editor }: { editor: Editor }) {
  return (
    <div className={classes.panel}>
      <Address
        label="The link leads to"
        value={editor.getAttributes("link").href}
        onChange={(href) => editor.chain().extendMarkRange("link").updateAttributes("link", { href }).run()}
      />
      <Button
        size="xs"
        variant="default"
        onClick={() => editor.chain().focus().extendMarkRange("link").unsetMark("link").run()}
      >
        Take the link off
      </Button>
    </div>
  );
}

function ImagePanel({ editor }: { editor: Editor }) {
  const { src, alt, width } = editor.getAttributes("image");
  const change = (attributes: Record<string, unknown>) => editor.commands.updateAttributes("image", attributes);
  return (
    <div className={classes.panel}>
      <Address label="The picture’s address" value={src} onChange={(value) => change({ src: value })} />
      <TextInput
        label="What it shows"
        size="xs"
        className={classes.address}
        value={alt}
        placeholder="For those who do not see it"
        onChange={({ currentTarget }) => change({ alt: currentTarget.value })}
      />
      <TextInput
        label="Width"
        size="xs"
        className={classes.width}
        value={width ?? ""}
        placeholder="as it is"
        inputMode="numeric"
        onChange={({ currentTarget }) =>
          change({ width: Number(currentTarget.value.replace(/\D/g, "").slice(0, 4)) || null })
        }
      />
    </div>
  );
}

function PlaceholderPanel({ editor, label }: Props) {
  const source: string = editor.getAttributes("placeholder").source;
  const chip = readChip(source);
  const change = (next: string) => editor.commands.updateAttributes("placeholder", { source: next });
  return (
    <div className={classes.panel}>
      {chip ? (
        <TextInput
          label={`If “${label(writeChip({ ...chip, fallback: "" }))}” is empty, write`}
          size="xs"
          className={classes.address}
          value={chip.fallback}
          placeholder="nothing"
          maxLength={60}
          onChange={({ currentTarget: { value } }) => change(writeChip({ ...chip, fallback: value }))}
        />
      ) : (
        <p className={classes.hint}>
          <code>{source}</code> Take it out, or change it in the HTML.
        </p>
      )}
    </div>
  );
}
