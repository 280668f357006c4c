-- Failures by age are counted once a day (lib/insight/replacement/learn-lives.ts). Locks the organisations for a
-- moment.
set local lock_timeout = '10s';

-- The day on which they were last counted. Null before the first.
alter table organisation add column lives_on date;
