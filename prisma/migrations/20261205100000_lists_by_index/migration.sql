-- Indexes by which lists of terminals and stores are read page by page and filtered. The fold may go on writing
-- terminal_state in place: a heartbeat of a right clock changes no indexed value. Locks each table while its index
-- is built, about a second for a million rows.
set local lock_timeout = '10s';

create index store_org_id_name_id_idx on store (org_id, name, id);
create index terminal_status_now_idx on terminal_status (org_id, status, terminal_id) where to_at is null;
create index terminal_state_clock_idx on terminal_state (org_id, clock_offset_ms) where clock_offset_ms <> 0;
