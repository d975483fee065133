import { Switch } from "@mantine/core";
import { type Choice, choiceClasses, nameOfChoice } from "#lib/message-choices";
import type { PreferenceTexts } from "#lib/preference-texts";
import { PlainButton } from "../ui/plain-button.tsx";
import { type FormAction, PreferenceForm } from "./preference-form.tsx";
import classes from "./preferences.module.css";

type Props = FormAction & { texts: PreferenceTexts; gymName: string; choices: Choice[]; isEmailStopped: boolean };

/** A switch for each class and channel. What an address that is stopped never gets cannot be switched. */
export function ChoicesForm({ texts, gymName, choices, isEmailStopped, action }: Props) {
  return (
    <PreferenceForm action={action} verb="save">
      {choiceClasses.map((kind) => (
        <fieldset key={kind} className={classes.group} aria-describedby={`about-${kind}`}>
          <legend>{texts.classes[kind].name}</legend>
          <p id={`about-${kind}`}>{texts.classes[kind].about(gymName)}</p>
          {choices
            .filter((choice) => choice.class === kind)
            .map((choice) => (
              <ChoiceSwitch
                key={nameOfChoice(choice)}
                choice={choice}
                label={texts.questions[kind][choice.channel]}
                isStopped={isEmailStopped && choice.channel === "email"}
              />
            ))}
        </fieldset>
      ))}
      <PlainButton type="submit" className={classes.save}>
        {texts.save}
      </PlainButton>
    </PreferenceForm>
  );
}

function ChoiceSwitch({ choice, label, isStopped }: { choice: Choice; label: string; isStopped: boolean }) {
  const name = nameOfChoice(choice);
  const isOn = choice.isGranted && !isStopped;
  return (
    <>
      {isStopped ? null : <input type="hidden" name={`was.${name}`} value={isOn ? "on" : "off"} />}
      <Switch
        // A page that comes back after saving shows what is so now, not what was moved before.
        key={String(isOn)}
        name={name}
        value="on"
        defaultChecked={isOn}
        disabled={isStopped}
        label={label}
        labelPosition="left"
        classNames={{ root: classes.choice, body: classes.choiceBody, labelWrapper: classes.choiceLabel }}
      />
    </>
  );
}
