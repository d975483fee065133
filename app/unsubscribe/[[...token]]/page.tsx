import type { Metadata } from "next";
import { LinkMessage } from "#components/preferences/link-message";
import { UnsubscribePage } from "#components/preferences/unsubscribe-page";
import { toLanguage } from "#emails/copy";
import { preferenceTexts } from "#lib/preference-texts";
import { readDone } from "../../_preferences/read-done.ts";
import { definePublicPage } from "../../_server/page-guard.ts";
import { getGym } from "../../_shell/gym.ts";
import { readLink } from "../read-link.ts";

export async function generateMetadata({ params }: PageProps<"/unsubscribe/[[...token]]">): Promise<Metadata> {
  const [gym, { preferences }] = await Promise.all([getGym(), readLink((await params).token)]);
  const texts = preferenceTexts[toLanguage(preferences?.language ?? gym.language)];
  return { title: { absolute: `${texts.unsubscribeTitle} · ${gym.name}` } };
}

/** Opening the page changes nothing: whoever scans mail for bad links opens it, too. */
export default definePublicPage(
  "Whoever has the link may stop the emails that carry it; it was sent to them alone.",
  async ({ params, searchParams }: PageProps<"/unsubscribe/[[...token]]">) => {
    const [gym, { token, preferences }] = await Promise.all([getGym(), readLink((await params).token)]);
    const language = toLanguage(preferences?.language ?? gym.language);
    const texts = preferenceTexts[language];
    if (token === null) {
      return <LinkMessage language={language} gymName={gym.name} title={texts.brokenTitle} text={texts.broken} />;
    }
    if (!preferences) {
      return <LinkMessage language={language} gymName={gym.name} title={texts.goneTitle} text={texts.gone(gym.name)} />;
    }
    return (
      <UnsubscribePage
        language={language}
        gymName={gym.name}
        preferences={preferences}
        last={await readDone(searchParams)}
        action={`/api/unsubscribe/${token}/choices`}
      />
    );
  },
);
