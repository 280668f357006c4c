-- A file fills tables faster than autovacuum counts them, and every statement over them is planned as if they were
-- empty. What autovacuum would do in a minute, for those tables of terminals that have grown by half since they were
-- counted; whoever is at it already, or holds a table, is not waited for.
create function count_terminals_anew() returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  grown regclass;
begin
  for grown in
    select c.oid::regclass
      from pg_class c
     where c.oid = any (array['public.terminal', 'public.terminal_store', 'public.terminal_status', 'public.terminal_tid', 'public.store', 'public.import_result']::regclass[])
       and pg_relation_size(c.oid) > 1.5 * greatest(c.relpages, 1) * current_setting('block_size')::int
  loop
    execute format('analyze (skip_locked) %s', grown);
  end loop;
end $$;

revoke all on function count_terminals_anew() from public;
grant execute on function count_terminals_anew() to tillwatch_app, tillwatch_worker;
