-- How long sales took (lib/rollups/speeds, lib/insight/speeds). The nights from now on fill it. Nothing is locked.
set local lock_timeout = '10s';

-- Approved sales by classes of their duration, by store-local day; store 0 is the whole organisation.
create table speed_day (
  org_id uuid not null,
  store_id bigint not null,
  day date not null,
  dimension text not null,
  value text not null,
  counts integer[],
  constraint speed_day_pkey primary key (org_id, store_id, dimension, day, value)
);
create index speed_day_org_id_day_idx on speed_day (org_id, day);

grant select, insert, update, delete on speed_day to tillwatch_worker;
grant select on speed_day to tillwatch_app, tillwatch_limited;
alter table speed_day enable row level security;
create policy every_organisation on speed_day to tillwatch_worker using (true) with check (true);
create policy own_organisation on speed_day to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy within_reach on speed_day to tillwatch_limited
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid
    and store_id = any (coalesce((select app_store_ids()), '{}')))
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid
    and store_id = any (coalesce((select app_store_ids()), '{}')));
