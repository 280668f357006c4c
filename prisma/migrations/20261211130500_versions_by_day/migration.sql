-- Days note the versions of all components (lib/rollups/fold), so that each of their releases can be followed in rings.
-- Days from before have that of the app alone, and db:check does not compare theirs. Locks terminal_day for a moment
-- and reads none of its rows.
set local lock_timeout = '10s';

alter table terminal_day
  add column os_release text,
  add column firmware_release text,
  add column emv_kernel_release text,
  -- A day, as text.
  add column security_patch_release text;

-- The first day whose rollups have these. Null if all days have.
alter table organisation add column versions_from date;
-- Later than any day that a rollup can have.
update organisation set versions_from = current_date + 3;

-- Small, and written anew each day. A worker of the version before cannot write it until it is replaced.
alter table rollout_course
  add column component text not null default 'app',
  drop constraint rollout_course_pkey,
  add constraint rollout_course_pkey primary key (org_id, component, version, model_id);
