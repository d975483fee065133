import type { Metadata } from "next";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../../_server/page-guard.ts";
import { GroupForms } from "../group-forms.tsx";
import { SettingsHead } from "../settings-head.tsx";

export const metadata: Metadata = { title: "Automation · Settings" };

export default async function AutomationSettingsPage() {
  await requireViewer(["admin"]);
  return (
    <Page>
      <SettingsHead description="When workflows look at members, and when they wait for you." />
      <GroupForms groups={["time", "brake", "tasks"]} />
    </Page>
  );
}
