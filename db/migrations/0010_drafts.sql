CREATE TABLE "sent_forms" (
	"user_id" bigint NOT NULL,
	"token" uuid NOT NULL,
	"answer" jsonb,
	"sent_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sent_forms_user_id_token_pk" PRIMARY KEY("user_id","token")
);
--> statement-breakpoint
ALTER TABLE "automation_workflows" ALTER COLUMN "trigger" SET DEFAULT '{}'::jsonb;--> statement-breakpoint
ALTER TABLE "automation_workflows" ALTER COLUMN "steps" SET DEFAULT '[]'::jsonb;--> statement-breakpoint
ALTER TABLE "automation_workflows" ADD COLUMN "revised_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "automation_workflows" ADD COLUMN "revised_by" bigint;--> statement-breakpoint
ALTER TABLE "automation_workflows" ADD CONSTRAINT "automation_workflows_revised_by_users_id_fk" FOREIGN KEY ("revised_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "automation_workflows" ADD CONSTRAINT "automation_workflows_on_is_published" CHECK ("automation_workflows"."trigger" <> '{}' or not "automation_workflows"."is_enabled");--> statement-breakpoint
update automation_workflows set revised_at = updated_at, revised_by = updated_by;
--> statement-breakpoint
-- What was never published has no version.
drop trigger automation_workflows_first_version on automation_workflows;
--> statement-breakpoint
create trigger automation_workflows_first_version after insert on automation_workflows
  for each row when (new.trigger <> '{}') execute function write_workflow_version();
--> statement-breakpoint
drop trigger automation_workflows_next_version on automation_workflows;
--> statement-breakpoint
create trigger automation_workflows_next_version after update of trigger, steps, context, exit_when on automation_workflows
  for each row
  when (new.trigger <> '{}'
    and (old.trigger, old.steps, old.context, old.exit_when) is distinct from (new.trigger, new.steps, new.context, new.exit_when))
  execute function write_workflow_version();
