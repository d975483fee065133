/** What every template may say, whatever set it off; a trigger adds its facts, a workflow its context. */
export type Placeholder = {
  name: string;
  label: string;
  sample: string;
  /** Says who the member is. */
  isPersonal?: true;
};

export const standingPlaceholders: Placeholder[] = [
  { name: "member_first_name", label: "First name", sample: "Mara", isPersonal: true },
  { name: "member_last_name", label: "Last name", sample: "Keller", isPersonal: true },
  { name: "member_email", label: "Email address", sample: "mara.keller@demo.example", isPersonal: true },
  { name: "membership_level", label: "Membership level", sample: "Premium" },
  { name: "join_date", label: "Day of joining", sample: "2025-03-17" },
  { name: "gym_name", label: "The gym's name", sample: "Training Club" },
  { name: "gym_address", label: "The gym's postal address", sample: "Langstrasse 120, 8004 Zürich" },
  { name: "app_url", label: "Address of the members' pages", sample: "https://app.training-club.example" },
  {
    name: "notifications_url",
    label: "Link to the notification center",
    sample: "https://app.training-club.example/me",
  },
  { name: "unsubscribe_url", label: "Link to stop emails of this kind", sample: "https://app.training-club.example/u" },
];

export const standingNames: ReadonlySet<string> = new Set(standingPlaceholders.map(({ name }) => name));

/** What must not stand in a link: whoever is on its way keeps links. */
export const personalNames: ReadonlySet<string> = new Set(
  standingPlaceholders.flatMap(({ name, isPersonal }) => (isPersonal ? [name] : [])),
);

/** Values for a preview: a sample for each placeholder. */
export const sampleValues = (placeholders: Placeholder[] = standingPlaceholders): Record<string, string> =>
  Object.fromEntries(placeholders.map(({ name, sample }) => [name, sample]));

type Member = {
  firstName: string;
  lastName: string;
  email: string | null;
  membershipLevel: string | null;
  /** A calendar day: templates get it in words, in the language of the message. */
  joinDate: string | null;
};

/** What the standing placeholders say about a member. Those of the gym and its links come with the template. */
export function memberValues(member: Member): Record<string, unknown> {
  return {
    member_first_name: member.firstName,
    member_last_name: member.lastName,
    member_email: member.email,
    membership_level: member.membershipLevel,
    join_date: member.joinDate,
  };
}
