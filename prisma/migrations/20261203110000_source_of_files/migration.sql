-- The masked copy of an uploaded file, which can be read again in other ways until the import starts. A new
-- column without a default: the table of runs is locked for a moment and not written anew.
set local lock_timeout = '10s';
alter table import_run add column source jsonb;

create table import_source (
  import_id uuid not null,
  number integer not null,
  org_id uuid not null,
  bytes bytea not null,
  constraint import_source_pkey primary key (import_id, number)
);
alter table import_source add constraint import_source_import_id_fkey
  foreign key (import_id) references import_run (id) on delete cascade on update cascade;

-- No policy shows tillwatch_limited a row.
grant select, insert, update, delete on import_source to tillwatch_worker, tillwatch_app, tillwatch_limited;
alter table import_source enable row level security;
create policy own_organisation on import_source to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy every_organisation on import_source to tillwatch_worker using (true) with check (true);
