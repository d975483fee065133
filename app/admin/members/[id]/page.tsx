import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Suspense } from "react";
import { ActionBar } from "#components/members/by-hand/action-bar";
import { TagEditor } from "#components/members/by-hand/tag-editor";
import { EntryList } from "#components/members/entry-list";
import { memberAddress } from "#components/members/member-address";
import { MemberFactsPanel } from "#components/members/member-facts";
import { MemberView } from "#components/members/member-view";
import { VisitMap } from "#components/members/visit-map";
import { Why, WhyResult } from "#components/members/why";
import { WhyChoice } from "#components/members/why-choice";
import { Page } from "#components/ui/page";
import { ToastProvider } from "#components/ui/toast";
import { findMemberProfile } from "#db/queries/member-profile";
import { listCurrentWorkflowNames } from "#db/queries/workflows";
import { readClock } from "#engine/clock";
import type { Clock } from "#engine/define";
import { addDays } from "#lib/calendar";
import { getDb } from "../../../_server/db.ts";
import { requireViewer } from "../../../_server/page-guard.ts";
import {
  addMemberTag,
  createMemberTask,
  enrolMember,
  eraseNamedMember,
  giveMemberOffer,
  grantMemberCredits,
  removeMemberTag,
} from "../actions.ts";
import { memberIdInAddress } from "../member-filter.ts";
import { describeState } from "../member-words.ts";
import { readChoices, readFacts, readHistory, readVisits } from "./read-member.ts";
import { readWhy } from "./read-why.ts";

const actions = {
  addTag: addMemberTag,
  removeTag: removeMemberTag,
  enrol: enrolMember,
  grantCredits: grantMemberCredits,
  giveOffer: giveMemberOffer,
  createTask: createMemberTask,
  erase: eraseNamedMember,
};

export const metadata: Metadata = { title: "Member" };

export default async function MemberPage({ params, searchParams }: PageProps<"/admin/members/[id]">) {
  await requireViewer(["admin"]);
  const id = memberIdInAddress.safeParse((await params).id);
  if (!id.success) {
    notFound();
  }
  const why = memberIdInAddress.safeParse((await searchParams).why).data;
  return (
    <Page>
      <ToastProvider closeLabel="Close">
        <Suspense fallback={<Skeleton height="64rem" radius="lg" />}>
          <Member id={id.data} why={why} />
        </Suspense>
      </ToastProvider>
    </Page>
  );
}

async function Member({ id, why }: { id: number; why: number | undefined }) {
  const db = getDb();
  const [member, clock] = await Promise.all([findMemberProfile(db, id), readClock(db)]);
  if (member?.mergedIntoId) {
    redirect(memberAddress(member.mergedIntoId));
  }
  if (!member || member.erasedAt) {
    notFound();
  }
  const [facts, visits, history, workflows, choices] = await Promise.all([
    readFacts(db, member, clock),
    readVisits(db, member, clock),
    readHistory(db, id, clock),
    listCurrentWorkflowNames(db),
    readChoices(db),
  ]);
  const asked = workflows.find((workflow) => workflow.id === why)?.id;
  const name = member.name ?? `Member ${id}`;
  return (
    <MemberView
      name={name}
      {...describeState(member, clock.today)}
      actions={
        <ActionBar
          memberId={id}
          name={name}
          workflows={choices.workflows}
          staff={choices.staff}
          trainerId={member.trainerId}
          dueOn={addDays(clock.today, 3)}
          actions={actions}
        />
      }
      facts={
        <MemberFactsPanel
          {...facts}
          tags={<TagEditor memberId={id} tags={member.tags} known={choices.tags} actions={actions} />}
        />
      }
    >
      <VisitMap {...visits} />
      <Why choice={<WhyChoice memberId={id} workflowId={asked} workflows={workflows} />}>
        {asked === undefined ? null : (
          <Suspense key={asked} fallback={<Skeleton mt="sm" height="26rem" radius="lg" />}>
            <Answer memberId={id} workflowId={asked} clock={clock} />
          </Suspense>
        )}
      </Why>
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

async function Answer({ clock, ...asked }: { memberId: number; workflowId: number; clock: Clock }) {
  return <WhyResult answer={await readWhy(getDb(), asked, clock)} />;
}
