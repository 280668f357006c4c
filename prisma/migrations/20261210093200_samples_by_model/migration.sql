-- A sample of a model's terminals, and those without a model, are read by an index. The index before began with
-- coalesce(), which row-level security takes for a function that may tell of other rows, so it was never used. Locks
-- terminal while the index is built, about a second for a million rows.
set local lock_timeout = '10s';

drop index terminal_sample_idx;
create index terminal_sample_idx on terminal (org_id, model_id, hashint8(id)) where merged_into is null;
