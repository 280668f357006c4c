-- The life of a terminal: labels, who assigned it and why, and assignments that cannot overlap whoever writes them.
-- Small tables; the constraints are checked once over what is there.
set local lock_timeout = '10s';

create extension if not exists btree_gist;

alter table terminal add column labels text[] default array[]::text[];
alter table terminal add constraint terminal_labels_check check (cardinality(labels) <= 20);
create index terminal_labels_idx on terminal using gin (labels);

alter table terminal_store add column note text, add column by_name text;
alter table terminal_status add column note text, add column by_name text;
alter table terminal_tid add column note text, add column by_name text;

alter table terminal_store add constraint terminal_store_no_overlap
  exclude using gist (terminal_id with =, tstzrange(from_at, to_at) with &&);
alter table terminal_status add constraint terminal_status_no_overlap
  exclude using gist (terminal_id with =, tstzrange(from_at, to_at) with &&);
alter table terminal_tid add constraint terminal_tid_no_overlap
  exclude using gist (org_id with =, tid with =, coalesce(acquirer_id, 0) with =, tstzrange(from_at, to_at) with &&);

-- A terminal moved with effect from the past has its rows booked anew, as a newly mapped code has its sales.
grant update (batch_id) on heartbeat to tillwatch_app;
