CREATE TABLE "message_events" (
	"provider" text NOT NULL,
	"event_id" text NOT NULL,
	"type" text NOT NULL,
	"provider_message_id" text,
	"message_id" bigint,
	"address_hash" text,
	"is_automatic" boolean DEFAULT false NOT NULL,
	"state" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "message_events_provider_event_id_pk" PRIMARY KEY("provider","event_id")
);
--> statement-breakpoint
CREATE TABLE "provider_accounts" (
	"channel" text PRIMARY KEY NOT NULL,
	"next_request_at" timestamp with time zone,
	"paused_until" timestamp with time zone,
	"probe_until" timestamp with time zone,
	"pause_cause" text,
	"pause_error" text,
	"failing_since" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" smallint PRIMARY KEY DEFAULT 1 NOT NULL,
	"identity" text NOT NULL,
	"confirmed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_by" bigint,
	CONSTRAINT "installation_is_one_row" CHECK ("installation"."id" = 1)
);
--> statement-breakpoint
DROP INDEX "communication_logs_due";--> statement-breakpoint
ALTER TABLE "gym_settings" ADD COLUMN "sms_countries" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "communication_logs" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "message_events" ADD CONSTRAINT "message_events_message_id_communication_logs_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."communication_logs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_events_message" ON "message_events" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "message_events_parked" ON "message_events" USING btree ("provider_message_id") WHERE "message_events"."state" = 'parked';--> statement-breakpoint
CREATE INDEX "message_events_soft_bounces" ON "message_events" USING btree ("address_hash","occurred_at") WHERE "message_events"."type" = 'soft_bounced';--> statement-breakpoint
CREATE INDEX "communication_logs_batch" ON "communication_logs" USING btree ("batch_id") WHERE "communication_logs"."batch_id" is not null and "communication_logs"."due_at" is not null;--> statement-breakpoint
CREATE INDEX "communication_logs_marketing_address" ON "communication_logs" USING btree (lower("recipient"),"first_tried_at") WHERE "communication_logs"."class" = 'marketing' and "communication_logs"."channel" <> 'in_app' and "communication_logs"."first_tried_at" is not null;--> statement-breakpoint
CREATE INDEX "communication_logs_unconfirmed" ON "communication_logs" USING btree ("id") WHERE "communication_logs"."status" = 'unconfirmed';--> statement-breakpoint
CREATE INDEX "communication_logs_due" ON "communication_logs" USING btree ("channel","workflow_id","due_at","id") WHERE "communication_logs"."due_at" is not null;
--> statement-breakpoint
-- The cluster, the database in it, and which of its histories: a dump that is restored has another database, a cluster that
-- was brought back to an earlier moment another history. Where a host does not tell of the cluster, the database alone.
create function database_identity() returns text language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  database text := (select oid::text from pg_database where datname = current_database());
begin
  return (select system_identifier::text from pg_control_system())
    || '/' || (select timeline_id::text from pg_control_checkpoint()) || '/' || database;
exception
  when insufficient_privilege or undefined_function then return database;
end $$;
--> statement-breakpoint
alter table provider_accounts
  add check (channel in ('email', 'sms')),
  add check (pause_cause in ('rate_limited', 'unavailable', 'account_refused', 'quota_exceeded'));
--> statement-breakpoint
alter table message_events
  add check (type in ('sent', 'delivered', 'opened', 'clicked', 'delayed', 'soft_bounced', 'bounced', 'complained', 'failed', 'other')),
  add check (state in ('applied', 'parked', 'ignored'));
--> statement-breakpoint
-- A claim touches no index where it finds room on the page.
alter table communication_logs set (fillfactor = 50);
--> statement-breakpoint
-- Bodies are written once and hardly ever read: the quick compression, where this PostgreSQL was built with it.
do $$
begin
  alter table message_bodies alter column html set compression lz4, alter column text set compression lz4;
exception
  when feature_not_supported then null;
end $$;
