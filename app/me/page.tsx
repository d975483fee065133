import { redirect } from "next/navigation";
import { requireViewer } from "../_server/page-guard.ts";

export default async function MePage() {
  await requireViewer(["member"]);
  redirect("/me/notifications");
}
