-- Reach as a role: who is limited to some stores works as tillwatch_limited, a member of tillwatch_app to whom the
-- restrictive policies apply. Who sees the whole organisation is planned without them (as conditions that
-- are always true they made the planner expect hundreds of rows in place of hundreds of thousands), and who does not
-- is planned with plain comparisons and semi-joins. Changes catalogue entries alone.
set local lock_timeout = '10s';

do $$ begin
  create role tillwatch_limited nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  grant tillwatch_app to tillwatch_limited;
  execute format('grant tillwatch_limited to %I', current_user);
exception when duplicate_object or unique_violation then null; end $$;

do $$
declare
  in_reach constant text := 'any ((select app_store_ids())::bigint[])';
  stands_there constant text := 'exists (select from terminal_store p where p.terminal_id = %I.%I and p.to_at is null)';
  t text;
begin
  foreach t in array array['terminal_store', 'terminal_hour', 'terminal_day', 'segment_day'] loop
    execute format('alter policy within_reach on %I to tillwatch_limited using (store_id = %s)', t, in_reach);
  end loop;
  execute format('alter policy within_reach on store to tillwatch_limited using (id = %s)', in_reach);
  alter policy within_reach on merchant to tillwatch_limited using (exists (select from store s where s.merchant_id = merchant.id));
  alter policy within_reach on region to tillwatch_limited using (exists (select from store s where s.region_id = region.id));
  execute format('alter policy within_reach on terminal to tillwatch_limited using (%s)', format(stands_there, 'terminal', 'id'));
  foreach t in array array['terminal_tid', 'terminal_status', 'terminal_state'] loop
    execute format('alter policy within_reach on %I to tillwatch_limited using (%s)', t, format(stands_there, t, 'terminal_id'));
  end loop;
  execute format('alter policy within_reach on flag to tillwatch_limited using (case when terminal_id is null then store_id = %s else %s end)',
    in_reach, format(stands_there, 'flag', 'terminal_id'));
  foreach t in array array['heartbeat', 'transaction'] loop
    execute format('alter policy within_reach on %1$I to tillwatch_limited using (exists (
      select from terminal_store p
       where p.terminal_id = %1$I.terminal_id and p.from_at <= %1$I.at + %1$I.clock_offset_ms * interval ''1 ms''
         and (p.to_at is null or %1$I.at + %1$I.clock_offset_ms * interval ''1 ms'' < p.to_at)))', t);
  end loop;

  for t in select polrelid::regclass from pg_policy where polname = 'whole_organisation' loop
    execute format('alter policy whole_organisation on %s to tillwatch_limited using (false)', t);
  end loop;
end $$;
