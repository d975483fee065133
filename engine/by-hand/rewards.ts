import { type Db, withTransaction } from "#db/client";
import { insertAuditEvent } from "#db/queries/audit";
import { insertCreditsByHand } from "#db/queries/credits";
import { insertOffers, lockOfferCode, takeFromOfferCode } from "#db/queries/offers";
import { addDays } from "#lib/calendar";
import { AppError } from "#lib/errors";
import { refuseCode } from "../actions/offer-discount.ts";
import type { Clock } from "../define.ts";
import { holdMember } from "./hold-member.ts";

type Credits = { memberId: number; amount: number; reason: string; actorId: number };

export function grantCreditsByHand(db: Db, credits: Credits, { now }: Clock): Promise<void> {
  const { memberId, amount, reason, actorId } = credits;
  return withTransaction(db, async (tx) => {
    await holdMember(tx, memberId);
    await insertCreditsByHand(tx, { memberId, amount, reason, createdBy: actorId, createdAt: now });
    await insertAuditEvent(tx, {
      ...{ actorId, action: "member.credits_granted", subjectType: "member", subjectId: memberId },
      after: { amount, reason },
    });
  });
}

type Offer = { memberId: number; code: string; description: string; durationDays: number; actorId: number };

/** @throws AppError for the field `code`: it is used up, archived or expired, or they hold it and can still use it. */
export function giveOfferByHand(db: Db, offer: Offer, clock: Clock): Promise<void> {
  const { memberId, code, description, durationDays, actorId } = offer;
  return withTransaction(db, async (tx) => {
    await holdMember(tx, memberId);
    const stock = await lockOfferCode(tx, code);
    const refusal = refuseCode(code, stock, clock) ?? (stock?.remaining === 0 ? `The code ${code} is used up` : null);
    if (refusal) {
      throw new AppError("conflict", `${refusal}.`, { code: refusal });
    }
    const given = await insertOffers(tx, {
      stepId: null,
      code,
      targets: [{ runId: null, memberId, description }],
      appliedOn: clock.today,
      expiresOn: addDays(clock.today, durationDays),
      appliedAt: clock.now,
      limit: null,
    });
    if (given.size === 0) {
      const held = "They have this offer already, and can still use it";
      throw new AppError("conflict", `${held}.`, { code: held });
    }
    if (stock && stock.remaining !== null) {
      await takeFromOfferCode(tx, code, 1);
    }
    await insertAuditEvent(tx, {
      ...{ actorId, action: "member.offer_given", subjectType: "member", subjectId: memberId },
      after: { code, durationDays },
    });
  });
}
