-- What an organisation's findings say of the weight of evidence (lib/insight/verdicts). Nothing is locked.
set local lock_timeout = '10s';

-- A version a night with new findings; the newest is used. counts are those of all findings up to learnt_to.
create table learnt_ratio (
  org_id uuid not null references organisation on update cascade on delete cascade,
  version integer not null,
  learnt_to timestamptz(6) not null,
  findings integer not null,
  counts jsonb not null,
  ratios jsonb not null,
  constraint learnt_ratio_pkey primary key (org_id, version)
);

grant select, insert, update, delete on learnt_ratio to tillwatch_worker;
grant select on learnt_ratio to tillwatch_app, tillwatch_limited;
alter table learnt_ratio enable row level security;
create policy every_organisation on learnt_ratio to tillwatch_worker using (true) with check (true);
create policy own_organisation on learnt_ratio to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy own_organisation_read on learnt_ratio for select to tillwatch_limited
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
