-- Rollups count app crashes as they count the other counters of heartbeats, and a night compares them between
-- terminals. Columns with constant defaults, so no row is rewritten.
set local lock_timeout = '10s';

alter table terminal_tail add column app_crashes bigint;
alter table terminal_hour add column app_crashes bigint;
alter table terminal_day add column app_crashes bigint;
alter table place_hour add column app_crashes bigint not null default 0;
alter table place_day add column app_crashes bigint not null default 0;
alter table night_terminal add column app_crashes bigint not null default 0;
-- Hours with heartbeats, of terminals that count crashes.
alter table night_terminal rename column hours to crash_hours;
