import type { Metadata } from "next";
import { PreferenceSections } from "#components/preferences/preference-sections";
import { toLanguage } from "#emails/copy";
import { memberTexts } from "#lib/member-texts";
import { preferenceTexts } from "#lib/preference-texts";
import { readDone } from "../../_preferences/read-done.ts";
import { readShown } from "../../_preferences/read-shown.ts";
import { requireViewer } from "../../_server/page-guard.ts";
import { getViewer } from "../../_server/session.ts";
import { getGym } from "../../_shell/gym.ts";

export async function generateMetadata(): Promise<Metadata> {
  const viewer = await getViewer();
  return { title: memberTexts[viewer?.language ?? "en"].preferences };
}

export default async function PreferencesPage({ searchParams }: PageProps<"/me/preferences">) {
  const viewer = await requireViewer(["member"]);
  const [gym, preferences, last] = await Promise.all([getGym(), readShown(viewer.userId), readDone(searchParams)]);
  return preferences ? (
    <PreferenceSections
      texts={preferenceTexts[toLanguage(preferences.language)]}
      gymName={gym.name}
      preferences={preferences}
      last={last}
      action="/api/me/preferences"
      heading="h1"
    />
  ) : null;
}
