import type { Metadata } from "next";
import { AccountSettings } from "#components/account/account-settings";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { readDigestChoice } from "#db/queries/digests";
import { getDb } from "../../_server/db.ts";
import { requireViewer } from "../../_server/page-guard.ts";
import { switchDigest } from "./actions.ts";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const viewer = await requireViewer(["admin", "staff"]);
  const hasDigest = await readDigestChoice(getDb(), viewer.userId);
  return (
    <Page>
      <PageHeader title="Your account" description={viewer.email} />
      <AccountSettings hasDigest={hasDigest} switchDigest={switchDigest} />
    </Page>
  );
}
