import { iconNames, NotificationIcon } from "../../notifications/notification-icon.tsx";
import classes from "./designer.module.css";
import type { Designer } from "./use-designer.ts";

/** The same in all languages. */
export function IconChoice({ designer: { form, isEditable, change } }: { designer: Designer }) {
  return (
    <fieldset className={classes.icons} disabled={!isEditable}>
      <legend>Icon</legend>
      {iconNames.map((name) => (
        <label key={name} className={classes.icon} title={name}>
          <input
            type="radio"
            name="icon"
            value={name}
            checked={form.content.icon === name}
            onChange={() => change({ icon: name })}
            aria-label={name}
          />
          <NotificationIcon name={name} />
        </label>
      ))}
    </fieldset>
  );
}
