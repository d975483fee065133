-- What the schema language cannot say: partitions, storage, and the triggers that write versions.

insert into gym_settings default values;
--> statement-breakpoint
-- Room on the page for HOT updates: a check-in rewrites its member's row in place.
alter table member_stats set (fillfactor = 80);
--> statement-breakpoint
alter table workflow_runs set (fillfactor = 80);
--> statement-breakpoint
create table automation_logs_default partition of automation_logs default;
--> statement-breakpoint
-- Makes the partition of a month. Runs as its owner: the application's role may not create tables. A month whose rows
-- already went to the default partition stays there.
create function ensure_log_partition(month date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  first_day date := date_trunc('month', month)::date;
  partition_name text := 'automation_logs_' || to_char(first_day, 'YYYY_MM');
begin
  if to_regclass(partition_name) is not null then
    return;
  end if;
  execute format(
    'create table %I partition of automation_logs for values from (%L) to (%L)',
    partition_name, first_day::timestamp at time zone 'UTC', (first_day + interval '1 month') at time zone 'UTC'
  );
exception
  when duplicate_table or check_violation then null;
end $$;
--> statement-breakpoint
select ensure_log_partition((date_trunc('month', now()) + make_interval(months => n))::date) from generate_series(-3, 3) n;
--> statement-breakpoint
-- The day `years` full years after `start`; 29 February counts as the 28th in other years (Postgres's own rule).
create function anniversary_on(start date, years int) returns date language sql immutable parallel safe
return (start + make_interval(years => years))::date;
--> statement-breakpoint
create function write_workflow_version() returns trigger language plpgsql as $$
declare
  version_id bigint;
begin
  insert into workflow_versions (workflow_id, number, trigger, steps, context, exit_when, created_by)
  select new.id, coalesce(max(number), 0) + 1, new.trigger, new.steps, new.context, new.exit_when, new.updated_by
  from workflow_versions where workflow_id = new.id
  returning id into version_id;
  update automation_workflows set live_version_id = version_id where id = new.id;
  -- A day on which it could not be swept is owed again.
  delete from swept_days where workflow_id = new.id and (counts ->> 'problems')::int > 0;
  return null;
end $$;
--> statement-breakpoint
create trigger automation_workflows_first_version after insert on automation_workflows
  for each row execute function write_workflow_version();
--> statement-breakpoint
create trigger automation_workflows_next_version after update of trigger, steps, context, exit_when on automation_workflows
  for each row
  when ((old.trigger, old.steps, old.context, old.exit_when) is distinct from (new.trigger, new.steps, new.context, new.exit_when))
  execute function write_workflow_version();
--> statement-breakpoint
create function write_template_version() returns trigger language plpgsql as $$
declare
  version_id bigint;
begin
  insert into template_versions (template_id, number, content, created_by)
  select new.id, coalesce(max(number), 0) + 1,
         to_jsonb(new) - array['id', 'name', 'placeholders', 'live_version_id', 'revision', 'archived_at', 'created_at', 'updated_at', 'updated_by'],
         new.updated_by
  from template_versions where template_id = new.id
  returning id into version_id;
  update communication_templates set live_version_id = version_id where id = new.id;
  return null;
end $$;
--> statement-breakpoint
create trigger communication_templates_first_version after insert on communication_templates
  for each row execute function write_template_version();
--> statement-breakpoint
create trigger communication_templates_next_version
  after update of class, language, subject, title, body_html, body_text, from_address, from_name, action_url, icon, translations
  on communication_templates
  for each row
  when ((old.class, old.language, old.subject, old.title, old.body_html, old.body_text, old.from_address, old.from_name, old.action_url, old.icon, old.translations)
    is distinct from (new.class, new.language, new.subject, new.title, new.body_html, new.body_text, new.from_address, new.from_name, new.action_url, new.icon, new.translations))
  execute function write_template_version();
--> statement-breakpoint
-- Whoever writes events wakes a worker with them; one notification a statement, heard once it commits.
create function ring_events() returns trigger language plpgsql as $$
begin
  perform pg_notify('bells', 'events');
  return null;
end $$;
--> statement-breakpoint
create trigger member_events_ring after insert on member_events for each statement execute function ring_events();
--> statement-breakpoint
-- The words that a column may hold, also for programs that do not know our types.
alter table users
  add check (role in ('member', 'staff', 'admin')),
  add check (status in ('active', 'frozen', 'cancelled')),
  add check (language in ('en', 'de', 'fr', 'it'));
--> statement-breakpoint
alter table visits add check (kind in ('checkin', 'class', 'no_show'));
--> statement-breakpoint
alter table automation_logs add check (outcome in ('done', 'queued', 'skipped', 'failed'));
--> statement-breakpoint
alter table communication_templates
  add check (channel in ('email', 'in_app', 'sms')),
  add check (class in ('marketing', 'service')),
  add check (language in ('en', 'de', 'fr', 'it'));
--> statement-breakpoint
alter table communication_logs
  add check (channel in ('email', 'in_app', 'sms')),
  add check (class in ('marketing', 'service', 'sign_in')),
  add check (status in ('queued', 'sent', 'delivered', 'opened', 'clicked', 'bounced', 'complained', 'skipped', 'failed', 'unconfirmed', 'cancelled'));
--> statement-breakpoint
alter table consent_events add check (channel in ('email', 'in_app', 'sms')), add check (class in ('marketing', 'service'));
--> statement-breakpoint
alter table suppressions add check (channel in ('email', 'sms')), add check (reason in ('bounced', 'complained', 'soft_bounces', 'requested'));
--> statement-breakpoint
alter table staff_tasks
  add check (status in ('pending', 'in_progress', 'completed', 'cancelled')),
  add check (priority in ('low', 'medium', 'high'));
