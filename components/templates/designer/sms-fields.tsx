import { TextField } from "./text-field.tsx";
import { textProps } from "./text-props.ts";
import type { Designer } from "./use-designer.ts";

export function SmsFields({ designer }: { designer: Designer }) {
  return (
    <TextField
      label="Text"
      description="A part holds 160 characters, or 70 where one of them is an emoji or otherwise rare. At most 4 parts."
      rows={6}
      {...textProps(designer, "body_text")}
    />
  );
}
