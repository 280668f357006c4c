-- Sales that a terminal has stored and not sent are kept with its state, and an acquirer may say within how many hours
-- they must reach it. Columns without defaults, so no row is rewritten. Locks both tables for a moment.
set local lock_timeout = '10s';

alter table terminal_state
  add column offline_sales integer,
  add column offline_amount_minor bigint,
  add column offline_oldest_at timestamptz(6);
alter table acquirer add column offline_hours integer;
