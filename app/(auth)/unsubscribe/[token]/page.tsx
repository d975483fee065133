import type { Metadata } from "next";
import { UnsubscribeForm } from "#components/unsubscribe/unsubscribe-form";
import { getEnv } from "#env";
import { readUnsubscribeToken } from "#messaging/unsubscribe-token";
import { definePublicPage } from "../../../_server/page-guard.ts";
import { confirmUnsubscribe } from "./actions.ts";

export const metadata: Metadata = { title: "Unsubscribe" };

/** Opening the page changes nothing: whoever scans mail for bad links opens it, too. */
export default definePublicPage(
  "Whoever has the link may stop the emails that carry it; it was sent to them alone.",
  async ({ params }: PageProps<"/unsubscribe/[token]">) => {
    const { token } = await params;
    const isOurs = readUnsubscribeToken(token, getEnv()) !== null;
    return <UnsubscribeForm token={isOurs ? token : null} unsubscribe={confirmUnsubscribe} />;
  },
);
