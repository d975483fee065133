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
