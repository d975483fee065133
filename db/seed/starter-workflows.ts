type StarterStep = { type: string; params: Record<string, unknown> };

export type StarterWorkflow = {
  name: string;
  description: string;
  trigger: { type: string; params: Record<string, unknown> };
  steps: StarterStep[];
  exitWhen: { type: string; params: Record<string, unknown> }[];
  cooldownPeriodDays: number;
};

/** A step that sends: the template's name stands where its id goes once it is stored. */
const send = (type: "send_email" | "send_in_app_notification", template: string): StarterStep => ({
  type,
  params: { template_id: template },
});

/** Workflows that come with the product, switched off. */
export const starterWorkflows: StarterWorkflow[] = [
  {
    name: "Has not come for three weeks",
    description: "Writes to members who have not trained for 21 days. Stops as soon as they come back.",
    trigger: { type: "low_engagement", params: { inactive_days: 21 } },
    steps: [
      send("send_in_app_notification", "Absence: notification"),
      send("send_email", "Absence: email"),
      { type: "add_tag", params: { tag: "absence-contacted" } },
    ],
    exitWhen: [{ type: "visited_since_start", params: {} }],
    cooldownPeriodDays: 30,
  },
  {
    name: "Birthday",
    description: "Congratulates members on their birthday.",
    trigger: { type: "birthday", params: {} },
    steps: [send("send_in_app_notification", "Birthday: notification"), send("send_email", "Birthday: email")],
    exitWhen: [],
    cooldownPeriodDays: 7,
  },
  {
    name: "Membership is about to end",
    description: "Tells members two weeks before their membership ends. Stops as soon as it is renewed.",
    trigger: { type: "membership_expiry_upcoming", params: { days_before: 14 } },
    steps: [send("send_in_app_notification", "Expiry: notification"), send("send_email", "Expiry: email")],
    exitWhen: [{ type: "membership_renewed", params: {} }],
    cooldownPeriodDays: 7,
  },
];
