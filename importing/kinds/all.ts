import type { Kind } from "../kind.ts";
import { members } from "./members.ts";
import { memberships } from "./memberships.ts";
import { risk } from "./risk.ts";
import { visits } from "./visits.ts";

const kinds = { members, visits, memberships, risk };
export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

export const kindOf = (name: KindName) => kinds[name] as Kind;
