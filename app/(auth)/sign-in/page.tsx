import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "#components/auth/sign-in-form";
import { safePath } from "#lib/safe-path";
import { definePublicPage } from "../../_server/page-guard.ts";
import { getViewer } from "../../_server/session.ts";
import { homeOf } from "../../_shell/home.ts";
import { requestSignInLink, signInWithPassword } from "./actions.ts";

export const metadata: Metadata = { title: "Sign in" };

export default definePublicPage(
  "Whoever comes here has not signed in yet.",
  async ({ searchParams }: PageProps<"/sign-in">) => {
    const next = safePath((await searchParams).next);
    const viewer = await getViewer();
    if (viewer) {
      redirect((next as Route | null) ?? homeOf(viewer.role));
    }
    return <SignInForm next={next ?? ""} signInWithPassword={signInWithPassword} requestLink={requestSignInLink} />;
  },
);
