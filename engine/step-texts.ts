import { checkSource } from "#lib/templates/check-source";
import { standingNames } from "#lib/templates/placeholders";
import { listActionFields } from "./action-fields.ts";
import { locate, type Problem, type StoredDefinition } from "./definition.ts";
import { fieldOf } from "./raw-steps.ts";
import { triggers } from "./triggers/index.ts";

/** What steps say in texts of their own that nothing could fill in: a task's description, an offer's, a credit's reason. */
export function findTextProblems(stored: StoredDefinition): Problem[] {
  const type = fieldOf(stored.trigger, "type");
  const facts = triggers.entries.filter((trigger) => trigger.type === type).flatMap(({ facts }) => Object.keys(facts));
  return listActionFields(stored.steps).flatMap(({ step, path, value, meta }) => {
    if (!meta.holdsPlaceholders || typeof value !== "string") {
      return [];
    }
    const given = [stored.context, fieldOf(step, "context")].flatMap((context) => Object.keys(context ?? {}));
    return checkSource(value, new Set([...standingNames, ...facts, ...given]))
      .filter(({ severity }) => severity === "error")
      .map(({ line, message }) => {
        const sentence = `${meta.label}, line ${line}: ${message.replace(/\.$/, "")}`;
        return locate({ path, message: sentence }, stored);
      });
  });
}
