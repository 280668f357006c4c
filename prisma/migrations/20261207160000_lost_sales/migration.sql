-- What was lost with failed sales (lib/rollups/lost, lib/insight/lost-sales). Verdicts get what each sale lost when
-- they are judged next; nothing is filled in. Locks verdict for a moment.
set local lock_timeout = '10s';

alter table verdict
  add column lost_minor bigint,
  add column currency text;

-- Lost sales by terminal, store-local day, cause and currency; terminal 0 is the whole store, and of store 0 the whole
-- organisation.
create table lost_day (
  org_id uuid not null,
  terminal_id bigint not null,
  store_id bigint not null,
  day date not null,
  cause text not null,
  currency text not null,
  sales integer not null,
  lost_minor bigint not null,
  constraint lost_day_pkey primary key (terminal_id, org_id, store_id, day, cause, currency)
);
create index lost_day_org_id_day_idx on lost_day (org_id, day);

grant select, insert, update, delete on lost_day to tillwatch_worker;
grant select on lost_day to tillwatch_app, tillwatch_limited;
alter table lost_day enable row level security;
create policy every_organisation on lost_day to tillwatch_worker using (true) with check (true);
create policy own_organisation on lost_day to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy within_reach on lost_day to tillwatch_limited
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid
    and store_id = any (coalesce((select app_store_ids()), '{}')))
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid
    and store_id = any (coalesce((select app_store_ids()), '{}')));
