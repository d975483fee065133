import type { Route } from "next";

export const importsAddress: Route = "/admin/members/import";

export const importAddress = (id: number) => `${importsAddress}/${id}` as Route;
