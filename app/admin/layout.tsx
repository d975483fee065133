import type { Metadata } from "next";
import type { ReactNode } from "react";
import { QueryProvider } from "#components/query-provider";
import { AdminShell } from "#components/shell/admin-shell";
import { requireViewer } from "../_server/page-guard.ts";
import { getGym } from "../_shell/gym.ts";
import { signOut } from "../(auth)/sign-out/actions.ts";

const roleNames = { admin: "Admin", staff: "Staff", member: "Member" };

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await getGym();
  return { title: { default: name, template: `%s · ${name}` } };
}

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer(["admin", "staff"]);
  const gym = await getGym();
  return (
    <AdminShell
      gymName={gym.name}
      userName={viewer.name || viewer.email}
      roleName={roleNames[viewer.role]}
      isAdmin={viewer.role === "admin"}
      signOut={signOut}
    >
      <QueryProvider>{children}</QueryProvider>
    </AdminShell>
  );
}
