import type { Metadata } from "next";
import { LocationList } from "#components/settings/location-list";
import { Page } from "#components/ui/page";
import { listLocations } from "#db/queries/locations";
import { getDb } from "../../_server/db.ts";
import { requireViewer } from "../../_server/page-guard.ts";
import { createLocation, renameLocation } from "./actions.ts";
import { GroupForms } from "./group-forms.tsx";
import { SettingsHead } from "./settings-head.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  await requireViewer(["admin"]);
  return (
    <Page>
      <SettingsHead description="What the gym is to its members." />
      <GroupForms groups={["gym"]} />
      <LocationList locations={await listLocations(getDb())} add={createLocation} rename={renameLocation} />
    </Page>
  );
}
