export { birthday } from "./birthday.ts";
export { lowEngagement } from "./low-engagement.ts";
export { membershipExpiry } from "./membership-expiry.ts";
