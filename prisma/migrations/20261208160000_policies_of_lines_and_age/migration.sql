-- Release policies may also require release lines and the age of security patches. Locks release_policy for a moment.
set local lock_timeout = '10s';
alter table release_policy
  alter column minimum_version drop not null,
  add most_lines_behind smallint,
  add max_age_days smallint,
  add constraint release_policy_requires_check
    check (num_nonnulls(minimum_version, most_lines_behind, max_age_days) > 0);

-- New rules have a place among the urgencies. Locks flag while it is written; it is small.
update flag set urgency = case when rule = 'self_check' and kind = 'replacement' then 0
  else coalesce(array_position(array['self_check', 'silent', 'communication', 'keys', 'chip_reader',
    'contactless_reader', 'magstripe_reader', 'pin_pad', 'clock', 'app_crashes', 'slow_sales', 'maintenance_mode',
    'clock_wrong', 'moved', 'printer_fault', 'storage_full', 'battery_worn', 'day_not_closed', 'release_behind',
    'model_past_use_end', 'idle'], rule), 99) end;
