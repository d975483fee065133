import { Radio, TextInput } from "@mantine/core";
import classes from "./designer.module.css";
import { problemsOf } from "./field-problems.ts";
import { ProblemLines } from "./problem-lines.tsx";
import type { Designer } from "./use-designer.ts";

const classWords = {
  marketing: {
    label: "Marketing",
    text: "Advice, offers, greetings. Goes only to members who agreed to it, at most as often as the gym's limits allow, with a way out in every email.",
  },
  service: {
    label: "Service",
    text: "About the contract: a membership that ends, an appointment. Goes to everybody who has not switched it off. An offer makes it marketing.",
  },
};

/** What holds in all languages: the class, and whom the email comes from. */
export function SettingsFields({ designer }: { designer: Designer }) {
  const { form, isEditable, change, problems, data } = designer;
  const { content } = form;
  const address = problemsOf(problems, "from_address", { isOneLine: true });
  const name = problemsOf(problems, "from_name", { isOneLine: true });
  return (
    <section className={classes.settings} aria-label="In all languages">
      <Radio.Group
        label="Class"
        value={content.class}
        onChange={(value) => change({ class: value as typeof content.class })}
        readOnly={!isEditable}
      >
        <div className={classes.classes}>
          {Object.entries(classWords).map(([value, { label, text }]) => (
            <Radio key={value} value={value} label={label} description={text} disabled={!isEditable} />
          ))}
        </div>
      </Radio.Group>
      {content.channel === "email" ? (
        <div className={classes.sender}>
          <div>
            <TextInput
              label="Sender's name"
              placeholder={data.gym.senderName}
              value={content.from_name ?? ""}
              error={name.errors.length > 0}
              readOnly={!isEditable}
              onChange={({ currentTarget: { value } }) => change({ from_name: value || null })}
            />
            <ProblemLines {...name} />
          </div>
          <div>
            <TextInput
              label="Sender's address"
              type="email"
              placeholder={data.gym.senderAddress}
              value={content.from_address ?? ""}
              error={address.errors.length > 0}
              readOnly={!isEditable}
              onChange={({ currentTarget: { value } }) => change({ from_address: value || null })}
            />
            <ProblemLines {...address} />
          </div>
        </div>
      ) : null}
    </section>
  );
}
