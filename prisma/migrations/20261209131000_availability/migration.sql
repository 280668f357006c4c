-- In how many opening hours terminals were up and could sell, and why not (lib/insight/availability); terminal 0 is the
-- whole store, and of store 0 the whole organisation. The worker fills in the days of the last five weeks.
create table availability_day (
  org_id uuid not null,
  terminal_id bigint not null,
  store_id bigint not null,
  day date not null,
  open_hours integer not null,
  -- Without a sign of life, by cause.
  down_device integer not null,
  down_line integer not null,
  down_site integer not null,
  down_unknown integer not null,
  -- With signs of life, and each sale failed.
  failing_device integer not null,
  failing_system integer not null,
  constraint availability_day_pkey primary key (terminal_id, org_id, store_id, day)
);
create index availability_day_org_id_day_idx on availability_day (org_id, day);

grant select, insert, update, delete on availability_day to tillwatch_worker;
grant select on availability_day to tillwatch_app, tillwatch_limited;
alter table availability_day enable row level security;
create policy every_organisation on availability_day to tillwatch_worker using (true) with check (true);
create policy own_organisation on availability_day to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy within_reach on availability_day to tillwatch_limited
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid
    and store_id = any (coalesce((select app_store_ids()), '{}')))
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid
    and store_id = any (coalesce((select app_store_ids()), '{}')));
