import { IconChoice } from "./icon-choice.tsx";
import { TextField } from "./text-field.tsx";
import { textProps } from "./text-props.ts";
import type { Designer } from "./use-designer.ts";

export function NotificationFields({ designer }: { designer: Designer }) {
  return (
    <>
      <TextField label="Title" {...textProps(designer, "title", { isOneLine: true })} />
      <TextField label="Text" rows={5} {...textProps(designer, "body_text")} />
      <TextField
        label="Leads to"
        description="Where the notification takes the member: a page of the app (/me/preferences) or https://… Empty: nowhere."
        {...textProps(designer, "action_url", { isOneLine: true })}
      />
      <IconChoice designer={designer} />
    </>
  );
}
