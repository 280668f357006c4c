-- Lists of terminals by last heartbeat and by clock have the order of an index, on every page. An index of the
-- heartbeat itself would cost an entry for each one, so it has the hour: an entry an hour for a terminal. Row-level
-- security lets no expression but plain columns bound a page. Locks terminal_state while it is written anew, about ten
-- seconds for a million rows.
set local lock_timeout = '10s';

drop index terminal_state_clock_idx;
drop index terminal_state_clock_order_idx;
alter table terminal_state
  add column last_beat_hour timestamptz(6) generated always as (coalesce(
    date_bin('1 hour', last_beat_at, timestamptz '1970-01-01 00:00:00+00'),
    timestamptz '1970-01-01 00:00:00+00')) stored,
  add column clock_drift_ms bigint generated always as (abs(clock_offset_ms)) stored;
create index terminal_state_last_beat_hour_idx on terminal_state (org_id, last_beat_hour, terminal_id);
create index terminal_state_clock_drift_idx on terminal_state (org_id, clock_drift_ms, terminal_id);
