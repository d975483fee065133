import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import classes from "./designer.module.css";
import { TextField } from "./text-field.tsx";
import { textProps } from "./text-props.ts";
import type { Designer } from "./use-designer.ts";

/** The editor is as large as all the rest, and needs a browser. */
const EmailBody = dynamic(() => import("../email-editor/email-body.tsx").then((loaded) => loaded.EmailBody), {
  ssr: false,
  loading: () => <Skeleton className={classes.bodySkeleton} />,
});

export function EmailFields({ designer }: { designer: Designer }) {
  const text = textProps(designer, "body_text");
  return (
    <>
      <TextField label="Subject" {...textProps(designer, "subject", { isOneLine: true })} />
      <TextField
        label="Preview text"
        description="What an inbox shows beside the subject. Left empty, it is how the email begins."
        {...textProps(designer, "preview_text", { isOneLine: true })}
        fallback={designer.preview.answer?.message?.inbox}
      />
      <EmailBody key={`${designer.language} ${designer.epoch}`} {...textProps(designer, "body_html")} />
      <details className={classes.more} open={Boolean(text.value) || undefined}>
        <summary>Plain text and link</summary>
        <TextField
          label="Plain text"
          description="For programs that show no pictures. Left empty, it is made from the email: see “Text” in the preview."
          rows={5}
          {...text}
        />
        <TextField
          label="Button at the end"
          description={`Leads there and is called “Open ${designer.data.gym.name}”: a page of the app (/me/membership) or https://… Empty: no such button.`}
          {...textProps(designer, "action_url", { isOneLine: true })}
        />
      </details>
    </>
  );
}
