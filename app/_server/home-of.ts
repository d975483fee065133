import type { Role } from "./viewer.ts";

/** Where a person starts. */
export const homeOf = (role: Role) => (role === "member" ? "/me" : "/admin");
