import type { Metadata } from "next";
import { PasswordForm } from "#components/auth/password-form";
import { findPasswordHash } from "#db/queries/sign-in";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import { homeOf } from "../../../_shell/home.ts";
import { setPassword } from "./actions.ts";

export const metadata: Metadata = { title: "Password" };

export default async function PasswordPage() {
  const viewer = await requireViewer(["admin", "staff", "member"]);
  const hasPassword = (await findPasswordHash(getDb(), viewer.userId)) !== null;
  return (
    <PasswordForm email={viewer.email} hasPassword={hasPassword} home={homeOf(viewer.role)} setPassword={setPassword} />
  );
}
