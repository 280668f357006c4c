-- When a worker began a round that all take turns at. Locks a table of a few rows for a moment.
set local lock_timeout = '10s';

alter table loop_run add column begun_at timestamptz(6);
