export { membershipRenewed } from "./membership-renewed.ts";
export { visitedSinceStart } from "./visited-since-start.ts";
