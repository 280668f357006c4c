-- The newest failed sales of an issuer are read by an index. Locks verdict against writing while it is built, about a
-- second for a million rows.
set local lock_timeout = '10s';

create index verdict_org_id_issuer_happened_at_idx on verdict (org_id, issuer, happened_at);
