import { createRegistry } from "../registry.ts";
import * as definitions from "./all.ts";

export const actions = createRegistry("action", Object.values(definitions));
