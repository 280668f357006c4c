-- What retention has deleted of each organisation, and the index by which old batches are found. Locks the small
-- table of organisations for a moment, and the batches against writing while their index is built; ingest waits, or
-- is answered 503 and sends again.
set local lock_timeout = '10s';

alter table organisation
  add column raw_deleted_from timestamptz(6),
  add column raw_deleted_before timestamptz(6),
  add column hour_deleted_before timestamptz(6);

-- The detector looks at the last two days of raw rows.
alter table organisation add constraint organisation_retention_check
  check (raw_retention_days between 2 and 3660 and hour_retention_days between 1 and 3660 and day_retention_years between 1 and 100);

-- CreateIndex
CREATE INDEX "ingest_batch_org_id_received_at_idx" ON "ingest_batch"("org_id", "received_at");
