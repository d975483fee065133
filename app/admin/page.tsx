import type { Metadata } from "next";
import { Suspense } from "react";
import { AttentionList } from "#components/dashboard/attention-list";
import { Automation } from "#components/dashboard/automation";
import { Dashboard, MemberGroups } from "#components/dashboard/dashboard";
import { DashboardSkeleton } from "#components/dashboard/dashboard-skeleton";
import { TaskList } from "#components/dashboard/task-list";
import { Page } from "#components/ui/page";
import { PageHeader } from "#components/ui/page-header";
import { readClock } from "#engine/clock";
import { readAttention } from "../_dashboard/read-attention.ts";
import { readAutomation } from "../_dashboard/read-automation.ts";
import { readMemberGroups } from "../_dashboard/read-members.ts";
import { readOverdueTasks, readOwnTasks } from "../_dashboard/read-tasks.ts";
import { getDb } from "../_server/db.ts";
import { requireViewer } from "../_server/page-guard.ts";

export const metadata: Metadata = { title: "Dashboard" };

/** Staff see their own tasks, and of the gym what is theirs to see elsewhere, too. */
export default async function DashboardPage() {
  const viewer = await requireViewer(["admin", "staff"]);
  return (
    <Page>
      <PageHeader title="Dashboard" />
      <Dashboard>
        {viewer.role === "admin" ? <ForAdmins /> : null}
        <Suspense fallback={<DashboardSkeleton waiting="Tasks" height="12rem" />}>
          {viewer.role === "admin" ? <OverdueTasks /> : <OwnTasks userId={viewer.userId} />}
        </Suspense>
      </Dashboard>
    </Page>
  );
}

const ForAdmins = () => (
  <>
    <Suspense fallback={<DashboardSkeleton waiting="What needs attention" height="6rem" />}>
      <Attention />
    </Suspense>
    <Suspense fallback={<DashboardSkeleton waiting="Members" height="16rem" />}>
      <Members />
    </Suspense>
    <Suspense fallback={<DashboardSkeleton waiting="What workflows did" height="20rem" />}>
      <Month />
    </Suspense>
  </>
);

async function Attention() {
  const db = getDb();
  return <AttentionList items={await readAttention(db, await readClock(db))} />;
}

async function Members() {
  const db = getDb();
  return <MemberGroups groups={await readMemberGroups(db, await readClock(db))} />;
}

async function Month() {
  const db = getDb();
  return <Automation month={await readAutomation(db, await readClock(db))} />;
}

async function OverdueTasks() {
  const db = getDb();
  const { today } = await readClock(db);
  return <TaskList title="Overdue tasks" empty="No task is overdue." {...(await readOverdueTasks(db, today))} />;
}

async function OwnTasks({ userId }: { userId: number }) {
  const db = getDb();
  const { today } = await readClock(db);
  return <TaskList title="Your tasks" empty="You have nothing to do." {...(await readOwnTasks(db, userId, today))} />;
}
