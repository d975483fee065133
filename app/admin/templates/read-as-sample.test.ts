import { expect, test } from "vitest";
import { readAsSample } from "./read-as-sample.ts";

test.each([
  ["Happy birthday{% if member_first_name %}, {{ member_first_name }}{% endif %}!", "Happy birthday, Mara!"],
  ["{{ days_inactive }} days without {{ gym_name }}", /^\d+ days without Kraftwerk$/],
  ["Hi {{ member_first_name", "Hi {{ member_first_name"],
])("the list shows “%s” as a member might read it", (source, expected) => {
  expect(readAsSample(source, "Kraftwerk")).toMatch(expected);
});
