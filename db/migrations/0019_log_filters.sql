DROP INDEX "automation_logs_unsuccessful";--> statement-breakpoint
CREATE INDEX "communication_logs_workflow" ON "communication_logs" USING btree ("workflow_id","id");--> statement-breakpoint
CREATE INDEX "communication_logs_template" ON "communication_logs" USING btree ("template_id","id");--> statement-breakpoint
CREATE INDEX "communication_logs_channel" ON "communication_logs" USING btree ("channel","id") WHERE "communication_logs"."channel" <> 'in_app';--> statement-breakpoint
CREATE INDEX "communication_logs_status" ON "communication_logs" USING btree ("status","id") WHERE "communication_logs"."status" not in ('queued', 'sent');--> statement-breakpoint
CREATE INDEX "communication_logs_reason" ON "communication_logs" USING btree ("reason","id") WHERE "communication_logs"."reason" is not null;--> statement-breakpoint
CREATE INDEX "communication_logs_queued" ON "communication_logs" USING btree ("queued_at");--> statement-breakpoint
CREATE INDEX "automation_logs_reason" ON "automation_logs" USING btree ("reason","id") WHERE "automation_logs"."reason" is not null;--> statement-breakpoint
CREATE INDEX "workflow_runs_ended_early" ON "workflow_runs" USING btree ("status","id") WHERE "workflow_runs"."status" in ('exited', 'cancelled', 'expired', 'failed');--> statement-breakpoint
CREATE INDEX "workflow_runs_reason" ON "workflow_runs" USING btree ("reason","id") WHERE "workflow_runs"."reason" is not null;--> statement-breakpoint
CREATE INDEX "automation_logs_unsuccessful" ON "automation_logs" USING btree ("outcome","id") WHERE not "automation_logs"."success";