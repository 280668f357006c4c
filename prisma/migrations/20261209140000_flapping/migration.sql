-- How often a terminal fell silent lately (lib/insight/silence/flapping.ts). Columns with constant defaults, so no row is
-- rewritten. Locks terminal_state for a moment.
set local lock_timeout = '10s';
alter table terminal_state
  add column flaps real not null default 0,
  add column flapped_at timestamptz(6);
