-- The overview counts open flags by rule and kind, and shows the newest of each. Locks the table while the index
-- is built, about a second for a million open flags.
set local lock_timeout = '10s';

create index flag_newest_idx on flag (org_id, rule, kind, opened_at desc, id desc) where status = 'open';
