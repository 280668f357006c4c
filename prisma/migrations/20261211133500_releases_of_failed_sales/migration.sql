-- The newest failed sales of a release are read by an index. Locks verdict against writing while it is built, about a
-- second for a million rows.
set local lock_timeout = '10s';

create index verdict_org_id_release_happened_at_idx on verdict (org_id, release, happened_at);
