import { expect, test } from "vitest";
import { compileSource } from "./compile-source.ts";
import { tidyValues } from "./values.ts";

test.each([
  ["", "Happy birthday – hi there"],
  ["  ", "Happy birthday – hi there"],
  ["\u0000\u202e", "Happy birthday – hi there"],
  [null, "Happy birthday – hi there"],
  ["Lea", "Happy birthday, Lea – hi Lea"],
])("whoever is called %j is greeted so", (name, greeting) => {
  const source = 'Happy birthday{% if name %}, {{ name }}{% endif %} – hi {{ name | default: "there" }}';
  expect(compileSource(source, "text")(tidyValues({ name }, "en"))).toBe(greeting);
});
