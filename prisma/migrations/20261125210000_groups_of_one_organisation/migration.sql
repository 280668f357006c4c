-- What a group means elsewhere is nothing to someone whose organisation is known.
drop function access_by_groups(text[]);

-- How many organisations know one of the groups, and what they mean there if it is one; with an organisation, what they mean in it.
create function access_by_groups(names text[], organisation uuid default null)
  returns table (organisation_count int, org_id uuid, mappings jsonb)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select count(distinct m.org_id)::int,
         case when count(distinct m.org_id) = 1 then min(m.org_id::text)::uuid end,
         case when count(distinct m.org_id) = 1 then jsonb_agg(jsonb_build_object('role', m.role, 'reach', m.reach)) end
    from public.group_mapping m
   where m.group_name = any (names) and (organisation is null or m.org_id = organisation)
$$;

revoke all on function access_by_groups(text[], uuid) from public;
grant execute on function access_by_groups(text[], uuid) to tillwatch_app, tillwatch_worker;
