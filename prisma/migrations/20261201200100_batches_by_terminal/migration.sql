-- On a Citus cluster a batch is kept beside its rows, in the group of shards of one of its terminals, and segments
-- are partial sums, one a group. One server is one group, 0. Locks ingest_batch while its key is built anew, about
-- a second for a million batches: ingest waits, or is answered 503 and sends again. segment_day likewise.
set local lock_timeout = '10s';

alter table ingest_batch add column terminal_id bigint not null default 0;
alter table ingest_batch drop constraint ingest_batch_pkey;
alter table ingest_batch add constraint ingest_batch_pkey primary key (id, terminal_id);

alter table segment_day add column group_key bigint not null default 0;
alter table segment_day drop constraint segment_day_pkey;
alter table segment_day add constraint segment_day_pkey
  primary key (org_id, store_id, dimension, day, value, cause, subcause, group_key);

-- What one upload writes, it writes as tillwatch_ingest: rows and their batch, over one connection to each node.
grant select, insert on ingest_batch to tillwatch_ingest;
grant insert on heartbeat, transaction to tillwatch_ingest;
grant select (terminal_id, at, batch_id) on heartbeat to tillwatch_ingest;
grant select (terminal_id, id, at, batch_id, code_system, code, response_code_id) on transaction to tillwatch_ingest;
do $$
declare
  t text;
begin
  foreach t in array array['heartbeat', 'transaction', 'ingest_batch'] loop
    execute format($p$create policy sent on %I to tillwatch_ingest
      using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
      with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid)$p$, t);
  end loop;
end $$;
