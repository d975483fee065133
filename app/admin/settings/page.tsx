import type { Metadata } from "next";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../_server/page-guard.ts";
import { GroupForms } from "./group-forms.tsx";
import { SettingsHead } from "./settings-head.tsx";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  await requireViewer(["admin"]);
  return (
    <Page>
      <SettingsHead description="What the gym is to its members." />
      <GroupForms groups={["gym"]} />
    </Page>
  );
}
