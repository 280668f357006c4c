-- The hours with sales of terminals that send no heartbeats (lib/insight/availability). A column with a constant needs no
-- rewrite.
set local lock_timeout = '10s';
alter table availability_day add column sold_hours integer not null default 0;
