import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Suspense } from "react";
import { EntryList } from "#components/members/entry-list";
import { memberAddress } from "#components/members/member-address";
import { MemberFactsPanel } from "#components/members/member-facts";
import { MemberView } from "#components/members/member-view";
import { TagList } from "#components/members/tag-list";
import { VisitMap } from "#components/members/visit-map";
import { Page } from "#components/ui/page";
import { findMemberProfile } from "#db/queries/member-profile";
import { readClock } from "#engine/clock";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import { memberIdInAddress } from "../member-filter.ts";
import { describeState } from "../member-words.ts";
import { readFacts, readHistory, readVisits } from "./read-member.ts";

export const metadata: Metadata = { title: "Member" };

export default async function MemberPage({ params }: PageProps<"/admin/members/[id]">) {
  await requireViewer(["admin"]);
  const id = memberIdInAddress.safeParse((await params).id);
  if (!id.success) {
    notFound();
  }
  return (
    <Page>
      <Suspense fallback={<Skeleton height="64rem" radius="lg" />}>
        <Member id={id.data} />
      </Suspense>
    </Page>
  );
}

async function Member({ id }: { id: number }) {
  const db = getDb();
  const [member, clock] = await Promise.all([findMemberProfile(db, id), readClock(db)]);
  if (member?.mergedIntoId) {
    redirect(memberAddress(member.mergedIntoId));
  }
  if (!member || member.erasedAt) {
    notFound();
  }
  const [facts, visits, history] = await Promise.all([
    readFacts(db, member, clock),
    readVisits(db, member, clock),
    readHistory(db, id, clock),
  ]);
  return (
    <MemberView
      name={member.name ?? `Member ${id}`}
      {...describeState(member, clock.today)}
      actions={null}
      facts={<MemberFactsPanel {...facts} tags={<TagList tags={member.tags} />} />}
    >
      <VisitMap {...visits} />
      <EntryList id="runs" title="Workflows" entries={history.runs} empty="No workflow has started for this member." />
      <EntryList id="messages" title="Messages" entries={history.messages} empty="Nothing was sent yet." />
      <EntryList
        id="notifications"
        title="In the notification center"
        entries={history.notifications}
        empty="Nothing lies there."
      />
      <EntryList id="tasks" title="Tasks for staff" entries={history.tasks} empty="No tasks about this member." />
      <EntryList id="offers" title="Offers" entries={history.offers} empty="No offers." />
      <EntryList
        id="credits"
        title="Credits"
        entries={history.credits}
        empty="No credits."
        aside={`Balance: ${history.balance}`}
      />
    </MemberView>
  );
}
