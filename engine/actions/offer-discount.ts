import { z } from "zod";
import {
  insertOffers,
  listMembersWithOffer,
  listRunsWithOffer,
  lockOfferCode,
  takeFromOfferCode,
} from "#db/queries/offers";
import { addDays } from "#lib/calendar";
import { type Clock, defineAction, done, failed, skipped } from "../define.ts";
import { fillTexts } from "./fill-texts.ts";

export const offerDiscount = defineAction({
  type: "offer_discount",
  label: "Offer a discount",
  help: "Puts an offer into the member's account. A code that they hold and can still use is not given twice.",
  params: z.object({
    offer_code: z
      .string("An offer needs a code")
      .trim()
      .min(1, "An offer needs a code")
      .max(50, "50 characters at most")
      .regex(/^[A-Za-z0-9_-]*$/, "Letters, digits, - and _ alone")
      .toUpperCase()
      .meta({ label: "Code" }),
    description: z
      .string()
      .trim()
      .max(2000)
      .default("")
      .meta({ label: "Description", help: "The member reads it.", holdsPlaceholders: true }),
    duration_days: z.int().min(1).max(3650).default(30).meta({ label: "Can be used for", unit: "days" }),
  }),

  async execute(batch, { offer_code: code, description, duration_days }, context) {
    const { tx, clock, stepId } = context;
    // Before anything is looked up: who waited here sees what the one before gave out.
    const stock = await lockOfferCode(tx, code);
    const runIds = batch.map(({ runId }) => runId);
    const answered = await listRunsWithOffer(tx, stepId, runIds);
    const given = batch.filter(({ runId }) => answered.has(runId)).map(done);
    const rest = batch.filter(({ runId }) => !answered.has(runId));
    const refusal = refuseCode(code, stock, clock);
    if (refusal) {
      return [...given, ...rest.map((target) => failed(target, refusal))];
    }

    const { ready, failures } = await fillTexts(rest, { source: description, reader: "member" }, context);
    const inserted = await insertOffers(tx, {
      stepId,
      code,
      targets: ready.map(({ text, ...target }) => ({ ...target, description: text })),
      appliedOn: clock.today,
      expiresOn: addDays(clock.today, duration_days),
      appliedAt: clock.now,
      limit: stock?.remaining ?? null,
    });
    if (stock && stock.remaining !== null) {
      await takeFromOfferCode(tx, code, inserted.size);
    }
    const left = ready.filter(({ runId }) => !inserted.has(runId));
    const memberIds = left.map(({ memberId }) => memberId);
    const holders = await listMembersWithOffer(tx, code, memberIds, clock.today);
    return [
      ...given,
      ...failures,
      ...ready.filter(({ runId }) => inserted.has(runId)).map(done),
      ...left.map((target) =>
        holders.has(target.memberId) ? skipped(target, "has_offer") : failed(target, `The code ${code} is used up`),
      ),
    ];
  },
});

type Stock = Awaited<ReturnType<typeof lockOfferCode>>;

/** Why a code cannot be given out today, whoever is to have it. */
export function refuseCode(code: string, stock: Stock, { today }: Clock): string | null {
  if (stock?.isArchived) {
    return `The code ${code} was archived`;
  }
  return stock?.expiresOn && stock.expiresOn < today ? `The code ${code} expired on ${stock.expiresOn}` : null;
}
