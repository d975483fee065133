CREATE TABLE "offer_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"remaining" integer,
	"expires_on" date,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "offer_codes_remaining" CHECK ("offer_codes"."remaining" >= 0)
);
--> statement-breakpoint
ALTER TABLE "automation_logs" ADD COLUMN "detail" text;--> statement-breakpoint
ALTER TABLE "workflow_runs" ADD COLUMN "depth" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "member_tags" ADD COLUMN "run_id" bigint;--> statement-breakpoint
ALTER TABLE "automation_workflows" ADD COLUMN "disabled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "automation_workflows" ADD COLUMN "disabled_by" bigint;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "tag" text;--> statement-breakpoint
CREATE INDEX "workflow_runs_held" ON "workflow_runs" USING btree ("workflow_id") WHERE "workflow_runs"."status" = 'held';
--> statement-breakpoint
-- Whoever tags a member, what waits for the tag hears of it.
create function record_tags() returns trigger language plpgsql as $$
begin
  insert into member_events (member_id, type, detail, occurred_at)
  select member_id, 'tag_added', jsonb_build_object('tag', tag), created_at from added order by member_id, tag;
  return null;
end $$;
--> statement-breakpoint
create trigger member_tags_record after insert on member_tags referencing new table as added
  for each statement execute function record_tags();
--> statement-breakpoint
-- Who objected to being scored has no score; and when the last freeze ended.
DROP VIEW "public"."member_facts";--> statement-breakpoint
CREATE VIEW "public"."member_facts" AS (
  select u.id as member_id, u.status, u.join_date as joined_on, u.membership_ends_on as ends_on, u.paused_until,
         u.erased_at is not null as is_erased, u.birth_date as born_on, u.birth_md, u.membership_level as level, u.language,
         s.first_visit_on, s.last_visit_on,
         greatest(s.last_visit_on, u.join_date, u.last_freeze_ended_on) as last_activity_on,
         coalesce(s.visits_total, 0) as visits_total,
         case when u.profiling_objected_at is null then s.risk_score end as risk_score, s.risk_score as recorded_risk_score,
         s.risk_scored_at, s.risk_reasons, u.last_freeze_ended_on
  from users u left join member_stats s on s.member_id = u.id
  where u.role = 'member');
--> statement-breakpoint
ALTER TABLE "member_offers" ADD COLUMN "applied_on" date DEFAULT current_date NOT NULL;--> statement-breakpoint
CREATE INDEX "staff_tasks_newest" ON "staff_tasks" USING btree ("assignee_id","created_at");
--> statement-breakpoint
-- Numbers and texts beside a range in one constraint. A trusted extension: the database's owner may create it.
create extension if not exists btree_gist;
--> statement-breakpoint
-- A code is open once per member at a time, whoever gives it.
alter table member_offers add constraint member_offers_open_once exclude using gist (
  member_id with =, offer_code with =, daterange(least(applied_on, expiry_date), expiry_date, '[]') with &&
) where (not is_used);
--> statement-breakpoint
-- A run is on a version of its own workflow: one key, and one check for each run, instead of two.
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_workflow" UNIQUE("id","workflow_id");
--> statement-breakpoint
ALTER TABLE "workflow_runs" DROP CONSTRAINT "workflow_runs_workflow_id_automation_workflows_id_fk";
--> statement-breakpoint
ALTER TABLE "workflow_runs" DROP CONSTRAINT "workflow_runs_version_id_workflow_versions_id_fk";
--> statement-breakpoint
ALTER TABLE "workflow_runs" ADD CONSTRAINT "workflow_runs_version" FOREIGN KEY ("version_id","workflow_id") REFERENCES "public"."workflow_versions"("id","workflow_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- Workflows give codes in capitals: one in small letters would be another, and unlimited.
alter table offer_codes add constraint offer_codes_capitals check (code = upper(code));
--> statement-breakpoint
alter table member_stats add constraint member_stats_reasons_are_a_list check (jsonb_typeof(risk_reasons) = 'array');
