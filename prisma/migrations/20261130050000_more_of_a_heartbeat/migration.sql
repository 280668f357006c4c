-- What else a heartbeat says: sales stored in the terminal, the open batch, mode, crashes, carrier, position.
-- Columns without default: a short exclusive lock, and no row is rewritten.
set local lock_timeout = '10s';

alter table heartbeat
  add column carrier text,
  add column mode text,
  add column app_crashes bigint,
  add column offline_sales int,
  add column offline_amount_minor bigint,
  add column offline_oldest_at timestamptz(6),
  add column batch_opened_at timestamptz(6),
  add column position_accuracy_m real,
  add column coordinates text;

alter table terminal_state
  add column carrier text,
  add column mode text,
  add column batch_opened_at timestamptz(6);
