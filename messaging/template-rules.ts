import { checkSource } from "./check-source.ts";
import { checkTemplate } from "./check-template.ts";
import { listPlaceholders } from "./list-placeholders.ts";
import { standingNames } from "./placeholders.ts";

/** What makes a template, or a text of a step's own, a sound one: for code that stores them and does not send them. */
export const templateRules = { checkTemplate, checkText: checkSource, listPlaceholders, standingNames };
