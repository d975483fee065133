/** By which ways a gym may write to a member, and what about: each pair is one choice of the member's. */
export const choiceChannels = ["email", "sms", "in_app"] as const;
export const choiceClasses = ["marketing", "service"] as const;

export type ChoiceChannel = (typeof choiceChannels)[number];
export type ChoiceClass = (typeof choiceClasses)[number];
export type Choice = { class: ChoiceClass; channel: ChoiceChannel; isGranted: boolean };

/** The name of a choice in forms and addresses, whatever was chosen. */
export const nameOfChoice = (choice: Pick<Choice, "class" | "channel">) => `${choice.class}.${choice.channel}`;

/** What delivery goes by while a member has said nothing: advertising by email and SMS needs a yes, the rest waits for a no. */
const isOnUnlessRefused = (choice: Pick<Choice, "class" | "channel">) =>
  choice.class === "service" || choice.channel === "in_app";

/** Every choice as it stands, given what the member said last of those that they said anything of. */
export function listChoices(said: Record<string, boolean | undefined>): Choice[] {
  return choiceClasses.flatMap((kind) =>
    choiceChannels.map((channel) => {
      const choice = { class: kind, channel };
      return { ...choice, isGranted: said[nameOfChoice(choice)] ?? isOnUnlessRefused(choice) };
    }),
  );
}

/** Choices as one word of an address: `marketing.email.on,service.sms.off`. */
export const writeChoices = (choices: Choice[]): string =>
  choices.map((choice) => `${nameOfChoice(choice)}.${choice.isGranted ? "on" : "off"}`).join(",");

/** Back from there. What names no choice is left out: anybody can write an address. */
export function readChoices(text: string): Choice[] {
  const words = new Set(text.split(","));
  return listChoices({}).flatMap((choice) => {
    const isOn = words.has(`${nameOfChoice(choice)}.on`);
    return isOn === words.has(`${nameOfChoice(choice)}.off`) ? [] : [{ ...choice, isGranted: isOn }];
  });
}
