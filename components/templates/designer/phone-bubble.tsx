import type { SmsSize } from "#messaging/sms-segments";
import classes from "./preview-pane.module.css";

type Props = { text: string; sms: SmsSize | null; sender: string };

/** A text message as it lies on the telephone, and what it costs. */
export function PhoneBubble({ text, sms, sender }: Props) {
  return (
    <div className={classes.phone}>
      <p className={classes.sender}>{sender}</p>
      <p className={classes.bubble}>{text}</p>
      {sms ? (
        <p className={classes.size}>
          {sms.segments === 1 ? "1 part" : `${sms.segments} parts`} · {sms.characters} characters
        </p>
      ) : null}
      {sms && sms.nonGsm.length > 0 ? (
        <p className={classes.size}>
          Because of {sms.nonGsm.map((character) => `“${character}”`).join(", ")} a part holds 70 characters instead of
          160.
        </p>
      ) : null}
    </div>
  );
}
