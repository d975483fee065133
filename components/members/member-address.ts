import type { Route } from "next";

export const memberAddress = (memberId: number) => `/admin/members/${memberId}` as Route;
