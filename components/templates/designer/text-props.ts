import type { TextField } from "./form-fields.ts";
import type { Designer } from "./use-designer.ts";

/** What a field of the language at hand shows, says of itself and does. */
export function textProps(designer: Designer, field: TextField, { isOneLine = false } = {}) {
  const { form, language, offered, isEditable } = designer;
  const own = form.content.language;
  return {
    value: designer.readText(field),
    fallback: language === own ? undefined : designer.readText(field, own),
    onChange: (text: string) => designer.writeText(field, text),
    problems: designer.textProblems(field, { isOneLine }),
    offered,
    isReadOnly: !isEditable,
  };
}
