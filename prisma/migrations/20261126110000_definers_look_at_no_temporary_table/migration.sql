-- Where the path of a function does not name pg_temp, temporary tables and views are looked at first, whoever made them.
do $$
declare
  definer regprocedure;
begin
  for definer in
    select p.oid::regprocedure from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.proowner = (select oid from pg_roles where rolname = current_user)
  loop
    execute format('alter function %s set search_path = pg_catalog, public, pg_temp', definer);
  end loop;
end $$;
