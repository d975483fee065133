import type { Role } from "../_server/session.ts";

/** Where somebody begins. */
export const homeOf = (role: Role) => (role === "member" ? "/me/notifications" : "/admin");
