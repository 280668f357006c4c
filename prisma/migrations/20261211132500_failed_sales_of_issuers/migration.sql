-- The newest failed sales of an issuer, a code or a subcause are read by an index. Locks verdict against writing while
-- they are built, about three seconds for a million rows.
set local lock_timeout = '10s';

create index verdict_org_id_issuer_happened_at_idx on verdict (org_id, issuer, happened_at);
create index verdict_org_id_code_happened_at_idx on verdict (org_id, code, happened_at);
create index verdict_org_id_subcause_happened_at_idx on verdict (org_id, subcause, happened_at);
