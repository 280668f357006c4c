-- The groups by terminal within a reason never touch the rows. Keeps writers of the quarantine waiting while it is built.
set local lock_timeout = '10s';

create index if not exists quarantine_open_terminal_idx on quarantine (org_id, code, terminal, id) where resolved_at is null;
