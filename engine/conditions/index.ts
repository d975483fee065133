import { createRegistry } from "../registry.ts";
import * as definitions from "./all.ts";

export const conditions = createRegistry("condition", Object.values(definitions));
