import { TextField } from "./text-field.tsx";
import { textProps } from "./text-props.ts";
import type { Designer } from "./use-designer.ts";

export function SmsFields({ designer }: { designer: Designer }) {
  return (
    <TextField
      label="Text"
      description="A part holds 160 characters, or 70 with a character outside of the networks' own alphabet. At most 4 parts."
      rows={6}
      {...textProps(designer, "body_text")}
    />
  );
}
