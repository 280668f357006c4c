-- Lists of flags are ordered by a stored urgency, so that a new rule needs no new index. The table is locked while
-- it is written; it is small.
set local lock_timeout = '10s';
alter table flag add urgency int not null default 99;
update flag set urgency = case when rule = 'self_check' and kind = 'replacement' then 0
  else coalesce(array_position(array['self_check', 'silent', 'communication', 'keys', 'chip_reader',
    'contactless_reader', 'magstripe_reader', 'pin_pad', 'clock', 'app_crashes', 'slow_sales', 'moved', 'printer_fault',
    'storage_full', 'battery_worn', 'release_behind', 'model_past_use_end', 'idle'], rule), 99) end;
drop index flag_urgency_idx;
create index flag_urgency_idx on flag (org_id, status, urgency,
  (extract(epoch from timestamptz '2200-01-01 00:00:00+00' - opened_at)), (-id));
