import type { Metadata } from "next";
import { Page } from "#components/ui/page";
import { requireViewer } from "../../../_server/page-guard.ts";
import { GroupForms } from "../group-forms.tsx";
import { SettingsHead } from "../settings-head.tsx";

export const metadata: Metadata = { title: "Sending · Settings" };

export default async function SendingSettingsPage() {
  await requireViewer(["admin"]);
  return (
    <Page>
      <SettingsHead description="Whom messages are from, when they leave, and how many." />
      <GroupForms groups={["sender", "quiet", "caps"]} />
    </Page>
  );
}
