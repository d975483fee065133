import { type Db, withTransaction } from "#db/client";
import { isUniqueViolation } from "#db/errors";
import { insertAuditEvent } from "#db/queries/audit";
import { insertLocation, lockLocationName, renameLocation } from "#db/queries/locations";
import { AppError } from "#lib/errors";

type Actor = { actorId: number };

export async function addLocation(db: Db, { name, actorId }: { name: string } & Actor): Promise<void> {
  await keepNamesApart(name, () =>
    withTransaction(db, async (tx) => {
      const subjectId = await insertLocation(tx, name);
      await insertAuditEvent(tx, {
        ...{ actorId, action: "location.added", subjectType: "location", subjectId },
        after: { name },
      });
    }),
  );
}

type Renaming = { id: number; from: string; name: string } & Actor;

/** @throws AppError `conflict` when it has another name by now than the one that was seen. */
export async function changeLocation(db: Db, { id, from, name, actorId }: Renaming): Promise<void> {
  await keepNamesApart(name, () =>
    withTransaction(db, async (tx) => {
      const known = await lockLocationName(tx, id);
      if (known === null) {
        throw new AppError("not_found", "There is no such location any more.");
      }
      if (known !== from) {
        const message = `Somebody renamed it to “${known}” meanwhile`;
        throw new AppError("conflict", `${message}.`, { name: `${message}: look again before you rename it` });
      }
      await renameLocation(tx, id, name);
      await insertAuditEvent(tx, {
        ...{ actorId, action: "location.renamed", subjectType: "location", subjectId: id },
        before: { name: from },
        after: { name },
      });
    }),
  );
}

async function keepNamesApart(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isUniqueViolation(error, "locations_name_unique")) {
      throw new AppError("conflict", `There is a location “${name}” already.`, { name: "There is one of that name" });
    }
    throw error;
  }
}
