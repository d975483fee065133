import type { Metadata } from "next";
import { Suspense } from "react";
import { ErasedNote } from "#components/members/erased-note";
import { importsAddress } from "#components/members/import/import-address";
import { MemberFilters } from "#components/members/member-filters";
import { MemberList } from "#components/members/member-list";
import { MemberListSkeleton } from "#components/members/member-list-skeleton";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { PlainLinkButton } from "#components/ui/plain-button";
import { listMemberChoices } from "#db/queries/member-choices";
import { findMemberProfile } from "#db/queries/member-profile";
import { getDb } from "../../_server/db.ts";
import { requireViewer } from "../../_server/page-guard.ts";
import { type MemberQuery, memberIdInAddress, readMemberQuery } from "./member-filter.ts";
import { readMembers } from "./read-members.ts";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ searchParams }: PageProps<"/admin/members">) {
  await requireViewer(["admin"]);
  const query = await readMemberQuery(searchParams);
  const erased = memberIdInAddress.safeParse((await searchParams).erased).data;
  return (
    <Page>
      <PageHeader title="Members" description="Everybody the gym knows, and how things stand with them.">
        <PlainLinkButton look="outlined" href={importsAddress}>
          Import
        </PlainLinkButton>
      </PageHeader>
      {erased === undefined ? null : <Erased id={erased} />}
      <MemberFilters query={query} choices={await listMemberChoices(getDb())} />
      <Suspense key={JSON.stringify(query)} fallback={<MemberListSkeleton />}>
        <Members query={query} />
      </Suspense>
    </Page>
  );
}

async function Members({ query }: { query: MemberQuery }) {
  return <MemberList {...(await readMembers(getDb(), query))} isFiltered={Object.values(query).some(Boolean)} />;
}

/** Says it of whom it is true, whatever the address claims. */
async function Erased({ id }: { id: number }) {
  const member = await findMemberProfile(getDb(), id);
  return member?.erasedAt ? <ErasedNote memberId={id} /> : null;
}
