-- Days note which counters were reset, in which hours the printer had an error, and how far the signal spreads
-- (lib/rollups/fold). Days from before have none of it, and db:check does not compare theirs. Locks each table for a
-- moment, and terminal_day while each of its rows is looked at once, about a second for a million rows.
set local lock_timeout = '10s';

alter table terminal_day
  -- Sum of the squares of signals in thousandths of dBm.
  add column signal_squares bigint,
  -- A bit for each hour, as beat_hours.
  add column printer_error_hours bigint,
  -- A bit for each counter (lib/rollups/fold/sql/columns.ts).
  add column reset_counters integer;
-- Few days have one.
create index terminal_day_reset_idx on terminal_day (org_id, day, terminal_id) where reset_counters <> 0;

-- The first day whose rollups have these. Null if all days have.
alter table organisation add column wear_from date;
-- Later than any day that a rollup can have.
update organisation set wear_from = current_date + 3;

-- What the vendor says of the magstripe reader. Null: what is usual.
alter table terminal_model add column swipes integer;

-- The last 26 weeks of every terminal are taken in once more, now with swipes.
update terminal_wear set week = week - 26 * 7;
