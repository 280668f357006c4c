-- Terminals are found by an index: by a part of a name, by a label, by the end of their warranty and by their clock;
-- stores by a part of a name.
-- Row-level security lets no condition into an index but plain comparisons, so functions look names and labels up.
-- Locks terminal, terminal_tid and store while their indexes are built, about ten seconds per 100,000 terminals, and
-- terminal_state about a second for a million.
set local lock_timeout = '10s';

-- The parts of a name by which it is found: all its runs of one to three characters, ignoring case.
create function name_parts(name text) returns text[]
  language sql immutable strict parallel safe as $$
  select coalesce(array_agg(distinct substr(lower(name), first, many)), '{}')
    from generate_series(1, length(lower(name))) first
   cross join generate_series(1, least(3, length(lower(name)) - first + 1)) many
$$;

-- Parts that every name has which contains a text.
create function searched_parts(searched text) returns text[]
  language sql immutable strict parallel safe as $$
  select array_agg(distinct substr(lower(searched), first, 3))
    from generate_series(1, greatest(1, length(lower(searched)) - 2)) first
$$;

create index terminal_name_parts_idx on terminal using gin (name_parts(serial));
create index terminal_tid_name_parts_idx on terminal_tid using gin (name_parts(tid)) where to_at is null;
create index store_name_parts_idx on store
  using gin (name_parts(name || E'\n' || code || coalesce(E'\n' || address, '')));
create index terminal_warranty_idx on terminal (org_id, warranty_until);
create index terminal_state_clock_order_idx on terminal_state (org_id, abs(clock_offset_ms), terminal_id);

-- Terminals of the own organisation by a part of their own serial number and of those of merged ones, of their TIDs,
-- and of their store's name. A terminal may come several times.
create function terminals_named(searched text, most int) returns setof bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(o.merged_into, o.id)
    from terminal o
   where o.org_id = nullif(current_setting('app.org_id', true), '')::uuid
     and name_parts(o.serial) @> searched_parts(searched) and strpos(lower(o.serial), lower(searched)) > 0
  union all
  select a.terminal_id
    from terminal_tid a
   where a.org_id = nullif(current_setting('app.org_id', true), '')::uuid and a.to_at is null
     and name_parts(a.tid) @> searched_parts(searched) and strpos(lower(a.tid), lower(searched)) > 0
  union all
  select b.terminal_id
    from store z
    join terminal_store b on b.store_id = z.id and b.to_at is null
   where z.org_id = nullif(current_setting('app.org_id', true), '')::uuid
     and name_parts(z.name || E'\n' || z.code || coalesce(E'\n' || z.address, '')) @> searched_parts(searched)
     and strpos(lower(z.name), lower(searched)) > 0
  limit most
$$;

create function terminals_labelled(wanted text, most int) returns setof bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.id
    from terminal t
   where t.org_id = nullif(current_setting('app.org_id', true), '')::uuid and t.labels @> array[wanted]
   limit most
$$;

-- Stores of the own organisation by a part of their own name, code or address, or of the name of their merchant or
-- region.
create function stores_named(searched text, most int) returns setof bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.id
    from store s
   where s.org_id = nullif(current_setting('app.org_id', true), '')::uuid
     and name_parts(s.name || E'\n' || s.code || coalesce(E'\n' || s.address, '')) @> searched_parts(searched)
     and (strpos(lower(s.name), lower(searched)) > 0 or strpos(lower(s.code), lower(searched)) > 0
          or strpos(lower(s.address), lower(searched)) > 0)
  union
  select s.id
    from merchant m
    join store s on s.merchant_id = m.id
   where m.org_id = nullif(current_setting('app.org_id', true), '')::uuid
     and strpos(lower(m.name), lower(searched)) > 0
  union
  select s.id
    from region r
    join store s on s.region_id = r.id
   where r.org_id = nullif(current_setting('app.org_id', true), '')::uuid
     and strpos(lower(r.name), lower(searched)) > 0
  limit most
$$;

revoke all on function terminals_named(text, int), terminals_labelled(text, int), stores_named(text, int) from public;
grant execute on function terminals_named(text, int), terminals_labelled(text, int), stores_named(text, int)
  to tillwatch_app, tillwatch_worker;
