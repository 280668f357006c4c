-- How releases of the app come to a large organisation, which the worker works out once a day
-- (lib/insight/rollouts/keep-courses.ts). Locks nothing that exists.
set local lock_timeout = '10s';

create table rollout_course (
  org_id uuid not null,
  version text not null,
  -- 0: of all models.
  model_id bigint not null,
  -- Rings, their effect and who is stuck.
  course jsonb not null,
  computed_at timestamptz(6) not null,
  constraint rollout_course_pkey primary key (org_id, version, model_id),
  constraint rollout_course_org_id_fkey foreign key (org_id) references organisation (id) on delete cascade on update cascade
);

grant select, insert, update, delete on rollout_course to tillwatch_worker;
grant select on rollout_course to tillwatch_app, tillwatch_limited;
alter table rollout_course enable row level security;
create policy every_organisation on rollout_course to tillwatch_worker using (true) with check (true);
create policy own_organisation on rollout_course to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
-- tillwatch_limited has no policy: the courses are of all stores.
