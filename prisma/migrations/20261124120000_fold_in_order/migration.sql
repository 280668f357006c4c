-- What the fold needs to add rows that come in order to what is there, instead of computing the day anew.
-- Locks the rollups while their few rows are rewritten: stop the worker first on a large database.

set lock_timeout = '30s';

-- Averages cannot be added to; sums of whole numbers can, and in any order alike.
alter table terminal_hour
  add column sale_release text,
  add column signal_sum_mdbm bigint,
  add column signal_count integer not null default 0,
  add column latency_sum_us bigint,
  add column latency_count integer not null default 0;
alter table terminal_day
  add column sale_release text,
  add column signal_sum_mdbm bigint,
  add column signal_count integer not null default 0,
  add column latency_sum_us bigint,
  add column latency_count integer not null default 0;

update terminal_hour
   set signal_sum_mdbm = round(signal_avg_dbm * 1000) * beats, signal_count = case when signal_avg_dbm is null then 0 else beats end,
       latency_sum_us = round(latency_avg_ms * 1000) * beats, latency_count = case when latency_avg_ms is null then 0 else beats end;
update terminal_day
   set signal_sum_mdbm = round(signal_avg_dbm * 1000) * beats, signal_count = case when signal_avg_dbm is null then 0 else beats end,
       latency_sum_us = round(latency_avg_ms * 1000) * beats, latency_count = case when latency_avg_ms is null then 0 else beats end;

alter table terminal_hour drop column signal_avg_dbm, drop column latency_avg_ms;
alter table terminal_day drop column signal_avg_dbm, drop column latency_avg_ms;

-- CreateTable
CREATE TABLE "terminal_tail" (
    "terminal_id" BIGINT NOT NULL,
    "org_id" UUID NOT NULL,
    "last_beat_at" TIMESTAMPTZ(6),
    "recent_beats" TIMESTAMPTZ(6)[],
    "last_sale_at" TIMESTAMPTZ(6),
    "reboots" BIGINT,
    "network_errors" BIGINT,
    "printer_lines" BIGINT,
    "chip_reads" BIGINT,
    "chip_failures" BIGINT,
    "tap_reads" BIGINT,
    "tap_failures" BIGINT,
    "swipe_reads" BIGINT,
    "swipe_failures" BIGINT,

    CONSTRAINT "terminal_tail_pkey" PRIMARY KEY ("terminal_id")
);

-- The worker's alone: the application's role gets a policy like everywhere, and no grant.
grant select, insert, update, delete on terminal_tail to tillwatch_worker;
alter table terminal_tail enable row level security;
create policy every_organisation on terminal_tail to tillwatch_worker using (true) with check (true);
create policy own_organisation on terminal_tail to tillwatch_app
  using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
