import { redirect } from "next/navigation";
import { requireViewer } from "../_server/page-guard.ts";

export default async function AdminPage() {
  await requireViewer(["admin", "staff"]);
  redirect("/admin/workflows");
}
