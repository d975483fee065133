import { z } from "zod";
import { defineTrigger } from "../define.ts";

export const manual = defineTrigger({
  type: "manual",
  label: "Is enrolled by hand",
  help: "Starts for the members whom an admin picks, and for nobody by itself.",
  isManual: true,
  params: z.object({}),
  summarize: () => "is enrolled by hand",
  facts: {},

  match: () => ({ where: undefined, facts: {} }),
});
