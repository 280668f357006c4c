-- The list of flags reads a page of an index in its order. Keys as in lib/insight/flags/sql.ts. Locks the table
-- while the indexes are built, about a second for a million rows.
set local lock_timeout = '10s';

create index flag_urgency_idx on flag (org_id, status,
  (case when rule = 'self_check' and kind = 'replacement' then 0
    else array_position(array['self_check', 'silent', 'release_behind', 'model_past_use_end'], rule) end),
  (extract(epoch from timestamptz '2200-01-01 00:00:00+00' - opened_at)), (-id));
create index flag_since_idx on flag (org_id, status, since_at, id);
