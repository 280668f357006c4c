-- Weekly reports as they stood two days after their week (lib/outlook/reports/freeze-reports.ts). Locks
-- nothing that exists.
set local lock_timeout = '10s';

create table frozen_report (
  org_id uuid not null,
  -- The week's Monday.
  week_from date not null,
  frozen_at timestamptz(6) not null,
  -- The code tables in force, and the version of what evidence weighed (0: as shipped).
  code_tables json not null,
  evidence_version integer not null,
  -- Not jsonb, which would lose the order in which the report has its rows.
  figures json not null,
  constraint frozen_report_pkey primary key (org_id, week_from),
  constraint frozen_report_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);

-- No role may change a report. The worker writes it, and deletes it by age.
grant select, insert, delete on frozen_report to tillwatch_worker;
grant select on frozen_report to tillwatch_app, tillwatch_limited;
alter table frozen_report enable row level security;
create policy every_organisation on frozen_report to tillwatch_worker using (true) with check (true);
create policy own_organisation on frozen_report to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
-- tillwatch_limited has no policy: a report is of all stores.
