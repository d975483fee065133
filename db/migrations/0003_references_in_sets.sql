ALTER TABLE "workflow_runs" DROP CONSTRAINT "workflow_runs_member_id_users_id_fk";
--> statement-breakpoint
ALTER TABLE "workflow_runs" DROP CONSTRAINT "workflow_runs_version";
--> statement-breakpoint
ALTER TABLE "baselines" DROP CONSTRAINT "baselines_workflow_id_automation_workflows_id_fk";
--> statement-breakpoint
ALTER TABLE "baselines" DROP CONSTRAINT "baselines_member_id_users_id_fk";
--> statement-breakpoint
ALTER TABLE "member_workflow_state" DROP CONSTRAINT "member_workflow_state_workflow_id_automation_workflows_id_fk";
--> statement-breakpoint
ALTER TABLE "member_workflow_state" DROP CONSTRAINT "member_workflow_state_member_id_users_id_fk";
--> statement-breakpoint
ALTER TABLE "workflow_versions" DROP CONSTRAINT "workflow_versions_workflow";--> statement-breakpoint
ALTER TABLE "swept_days" ADD COLUMN "is_scheduled" boolean DEFAULT true NOT NULL;--> statement-breakpoint
DROP INDEX "workflow_runs_due";--> statement-breakpoint
CREATE INDEX "member_events_renewed" ON "member_events" USING btree ("member_id","occurred_at") WHERE "member_events"."type" = 'renewed';--> statement-breakpoint
CREATE INDEX "workflow_runs_started" ON "workflow_runs" USING brin ("started_on") WITH (autosummarize=true);--> statement-breakpoint
CREATE INDEX "workflow_runs_due" ON "workflow_runs" USING btree ("workflow_id","due_at","version_id","step_id") WHERE "workflow_runs"."due_at" is not null;--> statement-breakpoint
-- What foreign keys would check row by row, checked once for all rows of a statement. Planned anew each time: a plan
-- that suits one row must not be kept for fifty thousand, nor the other way round.
create function check_references() returns trigger language plpgsql as $$
declare
  missing bigint;
  parent text := case when tg_table_name = 'workflow_runs' then 'workflow_versions' else 'automation_workflows' end;
  named text := case when tg_table_name = 'workflow_runs'
    then 'select distinct version_id as id, workflow_id from added' else 'select distinct workflow_id as id from added' end;
  own text := case when tg_table_name = 'workflow_runs' then 'and parent.workflow_id = named.workflow_id' else '' end;
begin
  execute 'select min(member_id) from added where not exists (select from users where users.id = added.member_id)' into missing;
  if missing is not null then
    raise foreign_key_violation using message = format('%I names member %s, who does not exist', tg_table_name, missing);
  end if;
  execute format('select min(id) from (%s) named where not exists (select from %I parent where parent.id = named.id %s)',
                 named, parent, own) into missing;
  if missing is not null then
    raise foreign_key_violation using message = format('%I names row %s of %I, which does not exist', tg_table_name, missing, parent);
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger workflow_runs_references after insert on workflow_runs referencing new table as added
  for each statement execute function check_references();
--> statement-breakpoint
create trigger member_workflow_state_references after insert on member_workflow_state referencing new table as added
  for each statement execute function check_references();
--> statement-breakpoint
create trigger baselines_references after insert on baselines referencing new table as added
  for each statement execute function check_references();
--> statement-breakpoint
-- The other side. The lock waits for whoever is about to name these rows, and lets them see that they are gone.
create function keep_referenced() returns trigger language plpgsql as $$
declare
  named_by text := case tg_table_name when 'users' then 'member_id' when 'workflow_versions' then 'version_id' else 'workflow_id' end;
  child text;
  is_named boolean;
begin
  lock table workflow_runs, member_workflow_state, baselines in share row exclusive mode;
  foreach child in array array['workflow_runs', 'member_workflow_state', 'baselines'] loop
    continue when tg_table_name = 'workflow_versions' and child <> 'workflow_runs';
    execute format('select exists (select from gone join %I child on child.%I = gone.id)', child, named_by) into is_named;
    if is_named then
      raise foreign_key_violation using message = format('%I still names rows of %I', child, tg_table_name);
    end if;
  end loop;
  return null;
end $$;
--> statement-breakpoint
create trigger users_keep_referenced after delete on users referencing old table as gone
  for each statement execute function keep_referenced();
--> statement-breakpoint
create trigger workflow_versions_keep_referenced after delete on workflow_versions referencing old table as gone
  for each statement execute function keep_referenced();
--> statement-breakpoint
create trigger automation_workflows_keep_referenced after delete on automation_workflows referencing old table as gone
  for each statement execute function keep_referenced();
