/** The gym's now: an instant, the calendar day that it is there, and the IANA zone that says so. */
export type Clock = { now: Date; today: string; timeZone: string };
