import type { Route } from "next";

/** The address of a log under a filter; what is empty is left out. */
export function logAddress(path: string, query: Record<string, string | number | undefined>): Route {
  const said = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(said.map(([name, value]) => [name, String(value)]));
  return `${path}${search.size > 0 ? `?${search}` : ""}` as Route;
}
