import { type Gym, median, ms, type Print, ratio, withGym } from "./measure.ts";
import { oneStep, timeSteady } from "./sweep.ts";
import { storeWorkflows } from "./workflows.ts";

const repetitions = 5;

/** Whether a steady sweep grows with the members, and not with what they leave behind. */
export async function benchGrowth(print: Print = console.log): Promise<void> {
  const measure = (members: number, visitsPerMember: number) => withGym({ members, visitsPerMember }, measureSteady);
  const small = await measure(100_000, 6);
  const manyVisits = await measure(100_000, 54);
  const large = await measure(1_000_000, 6);
  print(`steady, 100,000 members: ${ms(median(small))}; medians of ${repetitions}`);
  print(`9 times the visits: ${ms(median(manyVisits))}, ${ratio(manyVisits, small).toFixed(2)} × (goal ≤ 1.25)`);
  print(`10 times the members: ${ms(median(large))}, ${ratio(large, small).toFixed(1)} × (goal ≤ 12)`);
}

async function measureSteady({ db }: Gym): Promise<number[]> {
  await storeWorkflows(db, oneStep);
  return timeSteady(db, repetitions);
}
