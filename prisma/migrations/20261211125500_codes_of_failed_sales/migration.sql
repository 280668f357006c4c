-- The newest failed sales of a code or subcause are read by an index. Columns without defaults, so no row is rewritten;
-- what was noted before keeps none, and its raw rows tell. Locks verdict against writing while the indexes are built,
-- about two seconds for a million rows.
set local lock_timeout = '10s';

alter table verdict
  -- With its system, such as unionpay:51; empty without a code.
  add column code text,
  add column subcause text;
create index verdict_org_id_code_happened_at_idx on verdict (org_id, code, happened_at);
create index verdict_org_id_subcause_happened_at_idx on verdict (org_id, subcause, happened_at);
