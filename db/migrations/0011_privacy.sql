-- What was said and what was done can only be added to by the application's role; of somebody who is erased already, and of
-- nobody else, it may let this forget the words and what leads back to them.
create function forget_words_of_erased(people bigint[], out consents int, out deeds int)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  erased bigint[] := array(select id from public.users where id = any(people) and erased_at is not null);
begin
  delete from public.consent_events where member_id = any(erased);
  get diagnostics consents = row_count;
  update public.audit_events set before = null, after = null, ip = null
  where (subject_type = 'member' and subject_id = any(erased)) or actor_id = any(erased);
  get diagnostics deeds = row_count;
end $$;
--> statement-breakpoint
revoke execute on function forget_words_of_erased(bigint[]) from public;
