import type { Metadata } from "next";
import { ConfirmLinkForm } from "#components/auth/confirm-link-form";
import { definePublicPage } from "../../../_server/page-guard.ts";
import { signInWithLink } from "../actions.ts";

export const metadata: Metadata = { title: "Sign in" };

export default definePublicPage(
  "The one-time token in the address is what is checked, once the button is pressed.",
  async ({ searchParams }: PageProps<"/sign-in/link">) => {
    const { token } = await searchParams;
    return <ConfirmLinkForm token={typeof token === "string" ? token : ""} signInWithLink={signInWithLink} />;
  },
);
