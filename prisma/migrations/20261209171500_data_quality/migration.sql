-- How many faults of each kind the data had on each day (lib/outlook/data-quality). Locks nothing that exists.
set local lock_timeout = '10s';

create table data_quality_day (
  org_id uuid not null,
  day date not null,
  kind text not null,
  count integer not null,
  constraint data_quality_day_pkey primary key (org_id, day, kind),
  constraint data_quality_day_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);

-- The worker counts as the organisation, whose own filters say what is meant. Ingest adds repeated records.
-- A limited user has no policy: they get what is counted now of their stores, and not what the whole had before.
grant select, insert, update, delete on data_quality_day to tillwatch_worker, tillwatch_app, tillwatch_limited;
alter table data_quality_day enable row level security;
create policy every_organisation on data_quality_day to tillwatch_worker using (true) with check (true);
create policy own_organisation on data_quality_day to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
