-- The quarantine keeps each rejected record once, and lets it be corrected and replayed. Locks the table
-- exclusively while its rows are numbered; ingest waits, or is answered 503 and sends again.
set local lock_timeout = '10s';

alter table quarantine
  add column record_hash bytea,
  add column terminal text,
  add column seen_count integer not null default 1,
  add column last_received_at timestamptz(6) not null default current_timestamp,
  add column correction text,
  add column claimed_at timestamptz(6);

-- The pattern knows a record that begins with its terminal; what it misses is found by its id alone.
update quarantine
   set record_hash = sha256(convert_to(record, 'UTF8')), last_received_at = received_at,
       terminal = substring(record from '^\{\s*"terminal"\s*:\s*"([^"\\]{1,64})"');

with repeated as (
  select org_id, kind, record_hash, min(id) as id, count(*) as seen, max(received_at) as last_received_at
    from quarantine
   group by org_id, kind, record_hash
  having count(*) > 1),
gone as (
  delete from quarantine q using repeated r
   where q.org_id = r.org_id and q.kind = r.kind and q.record_hash = r.record_hash and q.id > r.id)
update quarantine q set seen_count = r.seen, last_received_at = r.last_received_at
  from repeated r
 where q.id = r.id;

alter table quarantine alter column record_hash set not null;
alter table quarantine add constraint quarantine_kind_check check (kind in ('heartbeat', 'transaction'));

create unique index quarantine_org_id_kind_record_hash_key on quarantine (org_id, kind, record_hash);
-- The list and its replay walk by id; the counts by reason never touch the rows.
create index quarantine_open_idx on quarantine (org_id, id) where resolved_at is null;
create index quarantine_open_code_idx on quarantine (org_id, code, kind, id) where resolved_at is null;
