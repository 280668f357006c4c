-- A verdict keeps the code, subcause and release of its sale, by which an index finds failed sales. Columns
-- without defaults, so no row is rewritten; what was noted before keeps none, and its raw rows tell. Locks verdict for
-- a moment. The indexes have migrations of their own, which let others read while they are built.
set local lock_timeout = '10s';

alter table verdict
  -- With its system, such as unionpay:51; empty without a code.
  add column code text,
  add column subcause text,
  -- Of the app; empty if the sale names none.
  add column release text;
