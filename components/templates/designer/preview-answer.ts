import type { Problem } from "#messaging/check-template";
import type { SmsSize } from "#messaging/sms-segments";

/** What the server says of the template as it stands in the designer. */
export type PreviewAnswer = {
  problems: Problem[];
  /** Who reads it. */
  reader: string;
  /** In which language it would be sent. */
  language: string | null;
  /** Why there is nothing to show. */
  error: string | null;
  sms: SmsSize | null;
  message: {
    subject: string;
    /** What stands beside the subject in an inbox. */
    inbox: string;
    text: string;
    title: string;
    body: string;
    icon: string;
    actionUrl: string | null;
    sender: string;
  } | null;
};
