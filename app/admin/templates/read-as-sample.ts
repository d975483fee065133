import { triggers } from "#engine/triggers/index";
import { isLiquidError, parseLiquid, renderLiquid } from "#lib/templates/liquid";
import { sampleValues } from "#lib/templates/placeholders";

const samples = {
  ...sampleValues(),
  ...Object.fromEntries(
    triggers.entries.flatMap(({ facts }) => Object.entries(facts).map(([name, { sample }]) => [name, sample])),
  ),
};

/** A line of a template as somebody might read it; as it is written where that cannot be filled in. */
export function readAsSample(source: string, gymName: string): string {
  try {
    return renderLiquid(parseLiquid(source), { ...samples, gym_name: gymName }, "text");
  } catch (error) {
    if (isLiquidError(error)) {
      return source;
    }
    throw error;
  }
}
