ALTER TABLE "users" ADD COLUMN "merged_into_id" bigint;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_merged_into_id_users_id_fk" FOREIGN KEY ("merged_into_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_events_ready" ON "message_events" USING btree ("received_at","provider","event_id") WHERE "message_events"."state" = 'parked' and "message_events"."message_id" is not null;--> statement-breakpoint
CREATE INDEX "message_events_strangers" ON "message_events" USING btree ("received_at") WHERE "message_events"."state" = 'parked' and "message_events"."message_id" is null;--> statement-breakpoint
CREATE INDEX "message_events_unreadable" ON "message_events" USING btree ("received_at") WHERE "message_events"."state" = 'unreadable';--> statement-breakpoint
CREATE INDEX "users_phone_key" ON "users" USING btree (nullif(regexp_replace(phone, '\(0\)|[\s().\/-]', '', 'g'), '')) WHERE phone <> '';--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_merged_is_erased" CHECK ("users"."merged_into_id" is null or "users"."erased_at" is not null);
--> statement-breakpoint
alter table message_events
  drop constraint message_events_state_check,
  add check (state in ('applied', 'parked', 'ignored', 'unreadable'));
