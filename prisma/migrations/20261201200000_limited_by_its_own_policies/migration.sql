-- tillwatch_limited was a member of tillwatch_app, held by restrictive policies on top. Citus makes restrictive
-- policies permissive on its nodes, where a limited user then read every store. From now on the role has its own
-- grants and its own permissive policies, and whatever has none shows it nothing. Changes catalogue entries alone.
set local lock_timeout = '10s';

-- Older migrations make it a member again where another database is set up on the same server. A role that
-- inherits nothing gets neither grants nor policies from that.
do $$ begin
  alter role tillwatch_limited noinherit;
  revoke tillwatch_app from tillwatch_limited;
exception when sqlstate 'XX000' then null; -- another database changes the same role at this moment
end $$;

do $$
declare
  app constant oid := 'tillwatch_app'::regrole;
  own record;
  limit_of text;
  limit_name name;
  limit_command "char";
  given record;
begin
  for own in
    select p.polrelid::regclass as relation, p.polname as name,
           pg_get_expr(p.polqual, p.polrelid) as condition, count(*) over (partition by p.polrelid) as policies
      from pg_policy p
     where p.polpermissive and p.polroles = array[app]
  loop
    select p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid) into limit_name, limit_command, limit_of
      from pg_policy p
     where p.polrelid = own.relation and not p.polpermissive and p.polroles = array['tillwatch_limited'::regrole::oid];
    if limit_name is null then
      execute format('alter policy %I on %s to tillwatch_app, tillwatch_limited', own.name, own.relation);
      continue;
    end if;
    if own.policies > 1 then raise exception 'the limit of % cannot be added to several policies', own.relation; end if;
    execute format('drop policy %I on %s', limit_name, own.relation);
    if limit_name = 'whole_organisation' and limit_command = 'r' then
      execute format('create policy added on %s for insert to tillwatch_limited with check (%s)', own.relation, own.condition);
    elsif limit_name = 'within_reach' and limit_command = '*' then
      execute format('create policy within_reach on %s to tillwatch_limited using (%2$s and %3$s) with check (%2$s and %3$s)',
        own.relation, own.condition, limit_of);
    elsif limit_name = 'within_reach' then
      execute format('create policy within_reach on %s for select to tillwatch_limited using (%s and %s)',
        own.relation, own.condition, limit_of);
      execute format('create policy added on %s for insert to tillwatch_limited with check (%s)', own.relation, own.condition);
      execute format('create policy changed_within_reach on %s for update to tillwatch_limited using (%s and %s) with check (%2$s)',
        own.relation, own.condition, limit_of);
    end if;
  end loop;

  grant usage on schema public to tillwatch_limited;
  for given in
    select c.oid::regclass as relation, c.relkind, a.privilege_type as privilege, null::name as column
      from pg_class c, aclexplode(c.relacl) a
     where c.relnamespace = 'public'::regnamespace and a.grantee = app
    union all
    select c.oid::regclass, c.relkind, a.privilege_type, t.attname
      from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
     where c.relnamespace = 'public'::regnamespace and a.grantee = app and not t.attisdropped
  loop
    execute format('grant %s%s on %s %s to tillwatch_limited', given.privilege, ' (' || quote_ident(given.column) || ')',
      case given.relkind when 'S' then 'sequence' else 'table' end, given.relation);
  end loop;
end $$;

-- Of the functions that bypass row-level security only these two: the others look up who somebody is.
grant execute on function add_job(text, json, text, int), count_terminals_anew() to tillwatch_limited;
