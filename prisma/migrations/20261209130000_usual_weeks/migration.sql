-- In which hours of the week a terminal usually sends heartbeats (lib/insight/silence/usual-week.ts). The worker fills
-- it within a day; until then silence is compared with the terminal's interval alone.
create table usual_week (
  terminal_id bigint not null,
  org_id uuid not null,
  -- Where it was learnt.
  store_id bigint not null,
  -- For each weekday, Monday first, a bit for each hour, the lowest for midnight.
  hours integer[],
  beats_per_hour real not null,
  -- Whether it is the terminal's own, or that of the others in its store.
  is_own boolean not null,
  constraint usual_week_pkey primary key (terminal_id)
);
create index usual_week_store_id_idx on usual_week (store_id);

grant select, insert, update, delete on usual_week to tillwatch_worker;
grant select on usual_week to tillwatch_app, tillwatch_limited;
alter table usual_week enable row level security;
create policy every_organisation on usual_week to tillwatch_worker using (true) with check (true);
create policy own_organisation on usual_week to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy within_reach on usual_week to tillwatch_limited
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid
    and store_id = any (coalesce((select app_store_ids()), '{}')))
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid
    and store_id = any (coalesce((select app_store_ids()), '{}')));
