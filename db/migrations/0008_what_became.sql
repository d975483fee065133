CREATE TABLE "complaint_watch" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"complaints" integer DEFAULT 0 NOT NULL,
	"sends" integer DEFAULT 0 NOT NULL,
	"postmaster_percent" numeric(6, 3),
	"postmaster_read_on" date,
	"paused_at" timestamp with time zone,
	"resumed_at" timestamp with time zone,
	"told_level" text DEFAULT 'fine' NOT NULL,
	CONSTRAINT "complaint_watch_is_one_row" CHECK ("complaint_watch"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "provider_accounts" ADD COLUMN "reconciled_on" date;--> statement-breakpoint
ALTER TABLE "gym_settings" ADD COLUMN "complaint_tasks" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "communication_logs" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "message_id" bigint;--> statement-breakpoint
CREATE INDEX "message_events_complaints" ON "message_events" USING btree ("occurred_at") WHERE "message_events"."type" = 'complained';--> statement-breakpoint
CREATE INDEX "communication_logs_sent" ON "communication_logs" USING btree ("sent_at") WHERE "communication_logs"."channel" = 'email' and "communication_logs"."sent_at" is not null;--> statement-breakpoint
insert into complaint_watch default values;
--> statement-breakpoint
alter table complaint_watch add check (told_level in ('fine', 'warning', 'paused'));
