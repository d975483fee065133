import type { Metadata } from "next";
import { Suspense } from "react";
import { ProviderList } from "#components/settings/provider-list";
import { Page } from "#components/ui/page";
import { readClock } from "#engine/clock";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import { GroupForms } from "../group-forms.tsx";
import { SettingsHead } from "../settings-head.tsx";
import { sendSenderTest } from "./actions.ts";
import { readProviders } from "./read-providers.ts";

export const metadata: Metadata = { title: "Sending · Settings" };

export default async function SendingSettingsPage() {
  const viewer = await requireViewer(["admin"]);
  return (
    <Page>
      <SettingsHead description="Whom messages are from, when they leave, and how many." />
      <GroupForms groups={["sender", "quiet", "caps"]} />
      <Suspense>
        <Providers email={viewer.email} />
      </Suspense>
    </Page>
  );
}

async function Providers({ email }: { email: string }) {
  const providers = await readProviders(await readClock(getDb()));
  return <ProviderList providers={providers} sendTest={sendSenderTest} email={email} />;
}
