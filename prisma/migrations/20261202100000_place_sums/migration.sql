-- Sums of terminal_hour and terminal_day by store, and by organisation as store 0. The tables begin empty.
-- `npm run db:migrate` then fills them a day at a time, newest first (lib/rollups/fold/fill-places.ts), and
-- organisation.places_from says how far it is. Locks organisation for a moment.
set local lock_timeout = '10s';

-- The first day that place_hour and place_day hold. Null if they hold all days.
alter table organisation add column places_from date;
-- Later than any day that a rollup can have.
update organisation set places_from = current_date + 3;

create table place_hour (
  org_id uuid not null,
  store_id bigint not null,
  hour timestamptz(6) not null,
  day date not null,
  -- The group of shards whose share this is on a Citus cluster, 0 on a single server.
  group_key bigint not null default 0,
  beats integer not null default 0,
  signal_sum_mdbm bigint not null default 0,
  signal_count integer not null default 0,
  latency_sum_us bigint not null default 0,
  latency_count integer not null default 0,
  reboots bigint not null default 0,
  network_errors bigint not null default 0,
  printer_lines bigint not null default 0,
  chip_reads bigint not null default 0,
  chip_failures bigint not null default 0,
  tap_reads bigint not null default 0,
  tap_failures bigint not null default 0,
  swipe_reads bigint not null default 0,
  swipe_failures bigint not null default 0,
  presentments integer not null default 0,
  failures integer not null default 0,
  device integer not null default 0,
  card integer not null default 0,
  operator integer not null default 0,
  system integer not null default 0,
  unknown integer not null default 0,
  raw_attempts integer not null default 0,
  raw_failures integer not null default 0,
  raw_device integer not null default 0,
  raw_card integer not null default 0,
  raw_operator integer not null default 0,
  raw_system integer not null default 0,
  raw_unknown integer not null default 0,
  raw_cancelled integer not null default 0,
  ecommerce integer not null default 0,
  ch_issuer integer not null default 0,
  ch_user integer not null default 0,
  ch_tech integer not null default 0,
  ch_chip integer not null default 0,
  ch_contactless integer not null default 0,
  ch_magstripe integer not null default 0,
  constraint place_hour_pkey primary key (org_id, store_id, hour, day, group_key)
) partition by range (hour);
-- For all stores of an organisation, and for deletion by age.
create index place_hour_org_id_hour_idx on place_hour (org_id, hour);

create table place_day (
  org_id uuid not null,
  store_id bigint not null,
  day date not null,
  -- The group of shards whose share this is on a Citus cluster, 0 on a single server.
  group_key bigint not null default 0,
  beats integer not null default 0,
  signal_sum_mdbm bigint not null default 0,
  signal_count integer not null default 0,
  latency_sum_us bigint not null default 0,
  latency_count integer not null default 0,
  reboots bigint not null default 0,
  network_errors bigint not null default 0,
  printer_lines bigint not null default 0,
  chip_reads bigint not null default 0,
  chip_failures bigint not null default 0,
  tap_reads bigint not null default 0,
  tap_failures bigint not null default 0,
  swipe_reads bigint not null default 0,
  swipe_failures bigint not null default 0,
  presentments integer not null default 0,
  failures integer not null default 0,
  device integer not null default 0,
  card integer not null default 0,
  operator integer not null default 0,
  system integer not null default 0,
  unknown integer not null default 0,
  raw_attempts integer not null default 0,
  raw_failures integer not null default 0,
  raw_device integer not null default 0,
  raw_card integer not null default 0,
  raw_operator integer not null default 0,
  raw_system integer not null default 0,
  raw_unknown integer not null default 0,
  raw_cancelled integer not null default 0,
  ecommerce integer not null default 0,
  ch_issuer integer not null default 0,
  ch_user integer not null default 0,
  ch_tech integer not null default 0,
  ch_chip integer not null default 0,
  ch_contactless integer not null default 0,
  ch_magstripe integer not null default 0,
  constraint place_day_pkey primary key (org_id, store_id, day, group_key)
) partition by range (day);
-- For all stores of an organisation, and for deletion by age.
create index place_day_org_id_day_idx on place_day (org_id, day);

grant select, insert, update, delete on place_hour, place_day to tillwatch_worker;
grant select on place_hour, place_day to tillwatch_app, tillwatch_limited;
do $$
declare
  is_own constant text := 'org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid';
  t text;
begin
  foreach t in array array['place_hour', 'place_day'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
    execute format('create policy own_organisation on %I to tillwatch_app using (%s) with check (%2$s)', t, is_own);
    -- Store 0 is in nobody's reach: only a user of the whole organisation reads it.
    execute format('create policy within_reach on %I to tillwatch_limited using (%s and %s) with check (%2$s and %3$s)',
      t, is_own, 'store_id = any ((select app_store_ids())::bigint[])');
  end loop;
end $$;
