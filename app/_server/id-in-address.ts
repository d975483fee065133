import { z } from "zod";

/** The number of a row, as an address carries it. */
export const idInAddress = z.coerce.number().int().positive();

/** The parameters of an address like `/things/[id]`. */
export const byId = z.object({ id: idInAddress });
