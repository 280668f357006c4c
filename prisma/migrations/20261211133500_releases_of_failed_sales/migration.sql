-- The newest failed sales of a release are read by an index. A column without a default, so no row is rewritten; what was
-- noted before keeps none, and its raw rows tell. Locks verdict against writing while the index is built, about a second
-- for a million rows.
set local lock_timeout = '10s';

-- Of the app; empty if the sale names none.
alter table verdict add column release text;
create index verdict_org_id_release_happened_at_idx on verdict (org_id, release, happened_at);
