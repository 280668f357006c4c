-- One worker at a time settles an organisation's night; an incident that the hours have opened closes after quiet
-- hours. Columns with constant defaults, so no row is rewritten.
set local lock_timeout = '10s';

-- Until when a worker has the organisation's night to itself.
alter table engine_state add column claimed_until timestamptz(6);
-- Hours in a row without a sign of it, as counted by the hourly step; null where the nights decide.
alter table incident add column quiet_hours integer;
