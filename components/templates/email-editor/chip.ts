import type { NameGroup } from "../designer/designer-data.ts";

const plain = /^\{\{-?\s*(\w+)\s*(?:\|\s*default:\s*(?:"([^"{}]*)"|'([^'{}]*)')\s*)?-?\}\}$/;
const condition = /^\{%-?\s*(if|unless|elsif)\s+(\w+)\s*-?%\}$/;
const closing: Record<string, string> = { else: "else", endif: "end if", endunless: "end unless", endfor: "end for" };

type Chip = { name: string; fallback: string };

/** The parts of a placeholder that is nothing but a name, with what is written where that is empty. */
export function readChip(source: string): Chip | null {
  const [whole, name = "", double, single] = plain.exec(source) ?? [];
  return whole ? { name, fallback: double ?? single ?? "" } : null;
}

export function writeChip({ name, fallback }: Chip): string {
  const quoted = fallback.replace(/["{}\\]/g, "");
  return quoted ? `{{ ${name} | default: "${quoted}" }}` : `{{ ${name} }}`;
}

export type LabelChip = (source: string) => string;

/** What chips are called: their labels where they are known, else what they say themselves. */
export function createChipLabels(offered: NameGroup[]): LabelChip {
  const labels = new Map(offered.flatMap(({ placeholders }) => placeholders.map(({ name, label }) => [name, label])));
  const call = (name: string) => labels.get(name) ?? name;
  return (source) => {
    const chip = readChip(source);
    if (chip) {
      return chip.fallback ? `${call(chip.name)}, else “${chip.fallback}”` : call(chip.name);
    }
    const [, word, name] = condition.exec(source) ?? [];
    const inner = source.slice(2, -2).replace(/^-|-$/g, "").trim();
    return word && name ? `${word} ${call(name)}` : (closing[inner] ?? inner);
  };
}
