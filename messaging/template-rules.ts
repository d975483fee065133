import { standingNames } from "#lib/templates/placeholders";
import { prepareTemplate } from "./check-template.ts";
import { listPlaceholders } from "./list-placeholders.ts";

/** What makes a template a sound one, for code that stores templates and does not send them. */
export const templateRules = { prepareTemplate, listPlaceholders, standingNames };
