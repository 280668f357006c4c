-- Help links: the address in a terminal's QR label, which store staff open without signing in. Locks terminal while it
-- gets two columns without values and an index of none: milliseconds.
set local lock_timeout = '10s';

alter table terminal add column help_link_id uuid, add column help_link_hash bytea;
create unique index terminal_help_link_hash_key on terminal (help_link_hash);

-- Whoever opens a help link reads its terminal, the code tables and whom to call, and nothing else. The role has its own
-- grants and policies and is a member of no other.
do $$ begin
  create role tillwatch_visitor nologin noinherit;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  execute format('grant tillwatch_visitor to %I', current_user);
exception when duplicate_object or unique_violation then null; end $$;

grant usage on schema public to tillwatch_visitor;
grant select on terminal, terminal_store, terminal_tid, acquirer, supplier, code_pack, response_code,
  contingency_plan to tillwatch_visitor;

do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  is_terminal constant text := '= nullif(current_setting(''app.terminal_id'', true), '''')::bigint';
  t text;
begin
  execute format('create policy of_visitor on terminal for select to tillwatch_visitor using (%s and id %s)', is_own, is_terminal);
  foreach t in array array['terminal_store', 'terminal_tid'] loop
    execute format('create policy of_visitor on %I for select to tillwatch_visitor using (%s and terminal_id %s and to_at is null)',
      t, is_own, is_terminal);
  end loop;
  foreach t in array array['acquirer', 'supplier', 'contingency_plan'] loop
    execute format('create policy of_visitor on %I for select to tillwatch_visitor using (%s)', t, is_own);
  end loop;
  foreach t in array array['code_pack', 'response_code'] loop
    execute format('create policy of_visitor on %I for select to tillwatch_visitor using (org_id is null or %s)', t, is_own);
  end loop;
end $$;

-- The terminal of a help link; of a merged terminal the one that was kept.
create function terminal_by_help_link(hash bytea)
  returns table (org_id uuid, terminal_id bigint, serial text, store text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.org_id, t.id, t.serial, s.name
    from public.terminal l
    join public.terminal t on t.id = coalesce(l.merged_into, l.id)
    join public.terminal_store p on p.terminal_id = t.id and p.to_at is null
    join public.store s on s.id = p.store_id
   where l.help_link_hash = hash
$$;
revoke all on function terminal_by_help_link(bytea) from public;
grant execute on function terminal_by_help_link(bytea) to tillwatch_app, tillwatch_worker;
