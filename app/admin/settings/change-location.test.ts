import { expect } from "vitest";
import { listLocations } from "#db/queries/locations";
import { auditEvents } from "#db/schema/index";
import { test } from "../../../test/support/database.ts";
import { createMember } from "../../../test/support/factories.ts";
import { addLocation, changeLocation } from "./change-location.ts";

test("locations are added and renamed, told with before and after, each under a name of its own", async ({
  database: { db },
}) => {
  const { id: actorId } = await createMember(db, { role: "admin" });
  await addLocation(db, { name: "Oerlikon", actorId });
  await addLocation(db, { name: "Altstetten", actorId });
  const taken = { fields: { name: "There is one of that name" } };
  await expect(addLocation(db, { name: "Oerlikon", actorId })).rejects.toMatchObject(taken);
  const [altstetten] = await listLocations(db);
  const change = { id: altstetten?.id ?? 0, from: "Altstetten", actorId };
  await expect(changeLocation(db, { ...change, name: "Oerlikon" })).rejects.toMatchObject(taken);
  await changeLocation(db, { ...change, name: "Zürich West" });
  const late = changeLocation(db, { ...change, name: "Hardbrücke" });
  await expect(late).rejects.toThrow("Somebody renamed it to “Zürich West” meanwhile");
  expect((await listLocations(db)).map(({ name }) => name)).toEqual(["Oerlikon", "Zürich West"]);
  expect(await db.select().from(auditEvents).orderBy(auditEvents.id)).toMatchObject([
    { action: "location.added" },
    { action: "location.added" },
    { action: "location.renamed", before: { name: "Altstetten" }, after: { name: "Zürich West" } },
  ]);
});
