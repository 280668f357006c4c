-- A file fills tables faster than autovacuum counts them, and every statement over them is planned as if they were
-- empty. What autovacuum would do in a minute, for the tables that files of terminals fill; whoever is at it already,
-- or holds a table, is not waited for.
create function count_terminals_anew() returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  analyze (skip_locked) public.terminal, public.terminal_store, public.terminal_status, public.terminal_tid, public.store, public.import_result;
end $$;

revoke all on function count_terminals_anew() from public;
grant execute on function count_terminals_anew() to tillwatch_app, tillwatch_worker;
