import { cache } from "react";
import { readGym } from "#db/queries/gym";
import { getDb } from "../_server/db.ts";

/** The gym's name, zone and language, asked once a request. */
export const getGym = cache(() => readGym(getDb()));
