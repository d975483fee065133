import { createRegistry } from "../registry.ts";
import * as definitions from "./all.ts";

export const triggers = createRegistry("trigger", Object.values(definitions), {
  startWith: (type) => `Trigger (${type}): `,
});
