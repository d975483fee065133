CREATE TABLE "member_figures" (
	"member_group" text PRIMARY KEY NOT NULL,
	"total" integer NOT NULL,
	"member_ids" bigint[] NOT NULL,
	"counted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_figures" (
	"day" date NOT NULL,
	"channel" text NOT NULL,
	"sent" integer NOT NULL,
	"delivered" integer NOT NULL,
	"opened" integer NOT NULL,
	"returned" integer NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "message_figures_day_channel_pk" PRIMARY KEY("day","channel")
);
--> statement-breakpoint
CREATE INDEX "automation_logs_no_assignee" ON "automation_logs" USING btree ("executed_at") WHERE "automation_logs"."reason" = 'no_assignee';