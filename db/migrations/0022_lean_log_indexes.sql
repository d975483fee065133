DROP INDEX "workflow_runs_time";--> statement-breakpoint
DROP INDEX "communication_logs_queued";--> statement-breakpoint
DROP INDEX "workflow_runs_started";--> statement-breakpoint
CREATE INDEX "communication_logs_queued" ON "communication_logs" USING brin ("queued_at") WITH (autosummarize=true);--> statement-breakpoint
CREATE INDEX "workflow_runs_started" ON "workflow_runs" USING brin ("started_on","started_at") WITH (autosummarize=true);