-- All open flags are weighed once an hour, and only those whose money at stake has changed are written: when that was is
-- kept once an organisation. New flags are found by an index of their own. Locks flag against writing while it is built.
set local lock_timeout = '10s';

alter table organisation add column stakes_weighed_at timestamptz(6) not null default '-infinity';
create index flag_unweighed_idx on flag (org_id, id) where status = 'open' and weighed_at is null;
drop index flag_weighed_at_idx;
