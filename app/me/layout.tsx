import type { Metadata } from "next";
import type { ReactNode } from "react";
import { QueryProvider } from "#components/query-provider";
import { MemberShell } from "#components/shell/member-shell";
import { countUnread } from "#db/queries/notifications";
import { memberTexts } from "#lib/member-texts";
import { getDb } from "../_server/db.ts";
import { requireViewer } from "../_server/page-guard.ts";
import { getGym } from "../_shell/gym.ts";
import { signOut } from "../(auth)/sign-out/actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await getGym();
  return { title: { default: name, template: `%s · ${name}` } };
}

export default async function MeLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer(["member"]);
  const [gym, unread] = await Promise.all([getGym(), countUnread(getDb(), viewer.userId)]);
  return (
    <QueryProvider>
      <MemberShell
        gymName={gym.name}
        language={viewer.language}
        texts={memberTexts[viewer.language]}
        unread={unread}
        signOut={signOut}
      >
        {children}
      </MemberShell>
    </QueryProvider>
  );
}
