CREATE TABLE "staff_digests" (
	"user_id" bigint NOT NULL,
	"day" date NOT NULL,
	"message_id" bigint,
	"member_ids" bigint[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "staff_digests_user_id_day_pk" PRIMARY KEY("user_id","day")
);
--> statement-breakpoint
ALTER TABLE "staff_digests" ADD CONSTRAINT "staff_digests_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_digests" ADD CONSTRAINT "staff_digests_message_id_communication_logs_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."communication_logs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
alter table communication_logs
  drop constraint communication_logs_class_check,
  add constraint communication_logs_class_check check (class in ('marketing', 'service', 'sign_in', 'digest'));
--> statement-breakpoint
alter table consent_events
  drop constraint consent_events_class_check,
  add constraint consent_events_class_check check (class in ('marketing', 'service', 'digest'));
