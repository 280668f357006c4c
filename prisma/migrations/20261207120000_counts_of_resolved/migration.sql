-- Resolved and discarded records are counted by an index alone. Locks quarantine while it is built, about a second for
-- a million rows.
set local lock_timeout = '10s';

create index quarantine_resolved_idx on quarantine (org_id, code, discarded_at) where resolved_at is not null;
