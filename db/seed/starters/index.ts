import { absence } from "./absence.ts";
import { anniversaries } from "./anniversaries.ts";
import { celebrations } from "./celebrations.ts";
import { expiry } from "./expiry.ts";
import { firstWeeks } from "./first-weeks.ts";
import { habit } from "./habit.ts";
import { milestones } from "./milestones.ts";
import type { Starter } from "./starter.ts";
import { welcome } from "./welcome.ts";

const all = [welcome, firstWeeks, absence, habit, milestones, celebrations, anniversaries, expiry];

/** What comes with the product, as one configuration file: switched off, and a gym's to change. */
export const starters: Starter = {
  templates: all.flatMap(({ templates }) => templates),
  workflows: all.flatMap(({ workflows }) => workflows),
};
