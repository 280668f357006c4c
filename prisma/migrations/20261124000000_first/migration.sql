-- The first migration: an empty database, so no lock matters. Tables and indexes as schema.prisma says;
-- below them what Prisma does not model: partitioning, checks, partial indexes, roles, policies, look-ups.

-- CreateTable
CREATE TABLE "organisation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    "language" TEXT NOT NULL DEFAULT 'zh',
    "raw_retention_days" INTEGER NOT NULL DEFAULT 35,
    "hour_retention_days" INTEGER NOT NULL DEFAULT 90,
    "day_retention_years" INTEGER NOT NULL DEFAULT 5,
    "enrol_unknown" BOOLEAN NOT NULL DEFAULT true,
    "demo_progress_pct" INTEGER,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "org_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "must_change_password" BOOLEAN NOT NULL DEFAULT true,
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "org_id" UUID NOT NULL,
    "label" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "key_hash" BYTEA NOT NULL,
    "scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "merchant" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "merchant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "merchant_id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "region_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "store" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "merchant_id" BIGINT,
    "region_id" BIGINT,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "address" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "opening_hours" JSONB,
    "is_unassigned" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "store_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "acquirer" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "code_system" TEXT,

    CONSTRAINT "acquirer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "terminal_model" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "manufacturer" TEXT,
    "purchase_end_on" DATE,
    "deploy_end_on" DATE,
    "use_end_on" DATE,
    "dates_source" TEXT,
    "dates_checked_on" DATE,

    CONSTRAINT "terminal_model_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release_policy" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "model_id" BIGINT,
    "component" TEXT NOT NULL,
    "minimum_version" TEXT NOT NULL,
    "due_on" DATE,

    CONSTRAINT "release_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "terminal" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "serial" TEXT NOT NULL,
    "model_id" BIGINT,
    "code_system" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "terminal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "terminal_store" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "terminal_id" BIGINT NOT NULL,
    "store_id" BIGINT NOT NULL,
    "from_at" TIMESTAMPTZ(6) NOT NULL,
    "to_at" TIMESTAMPTZ(6),

    CONSTRAINT "terminal_store_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "terminal_tid" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "terminal_id" BIGINT NOT NULL,
    "acquirer_id" BIGINT,
    "tid" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(6) NOT NULL,
    "to_at" TIMESTAMPTZ(6),

    CONSTRAINT "terminal_tid_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "terminal_status" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "terminal_id" BIGINT NOT NULL,
    "status" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(6) NOT NULL,
    "to_at" TIMESTAMPTZ(6),

    CONSTRAINT "terminal_status_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_pack" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID,
    "code_system" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "code_pack_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "response_code" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID,
    "pack_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "subcause" TEXT NOT NULL,
    "remedy" TEXT NOT NULL,
    "retry" TEXT NOT NULL,
    "device_attributable" TEXT NOT NULL,
    "confidence" TEXT NOT NULL,
    "meaning_en" TEXT NOT NULL,
    "meaning_zh" TEXT NOT NULL,

    CONSTRAINT "response_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unmapped_code" (
    "org_id" UUID NOT NULL,
    "code_system" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(6) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL,
    "seen_count" BIGINT NOT NULL,

    CONSTRAINT "unmapped_code_pkey" PRIMARY KEY ("org_id","code_system","code")
);

-- CreateTable
CREATE TABLE "ingest_batch" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "row_count" INTEGER NOT NULL,
    "min_at" TIMESTAMPTZ(6) NOT NULL,
    "max_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "folded_at" TIMESTAMPTZ(6),

    CONSTRAINT "ingest_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quarantine" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "field" TEXT,
    "message" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(6),

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "terminal_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "org_id" UUID NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "clock_offset_ms" BIGINT NOT NULL DEFAULT 0,
    "interval_seconds" INTEGER,
    "uptime_seconds" BIGINT,
    "reboots" BIGINT,
    "battery_pct" REAL,
    "battery_health_pct" REAL,
    "battery_cycles" INTEGER,
    "charging" BOOLEAN,
    "temperature_c" REAL,
    "network_type" TEXT,
    "signal_dbm" REAL,
    "latency_ms" REAL,
    "network_errors" BIGINT,
    "storage_used_pct" REAL,
    "memory_used_pct" REAL,
    "cpu_pct" REAL,
    "printer_status" TEXT,
    "printer_lines" BIGINT,
    "chip_reads" BIGINT,
    "chip_failures" BIGINT,
    "tap_reads" BIGINT,
    "tap_failures" BIGINT,
    "swipe_reads" BIGINT,
    "swipe_failures" BIGINT,
    "pinpad_ok" BOOLEAN,
    "reader_ok" BOOLEAN,
    "security_ok" BOOLEAN,
    "host_reachable" BOOLEAN,
    "tamper" BOOLEAN,
    "os" TEXT,
    "firmware" TEXT,
    "app" TEXT,
    "emv_kernel" TEXT,
    "security_patch" DATE,
    "attempts" BIGINT,
    "approvals" BIGINT,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "events" JSONB,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("terminal_id","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "transaction" (
    "terminal_id" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "org_id" UUID NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "clock_offset_ms" BIGINT NOT NULL DEFAULT 0,
    "outcome" TEXT NOT NULL,
    "reverses" TEXT,
    "code_system" TEXT,
    "code" TEXT,
    "response_code_id" BIGINT,
    "entry_mode" TEXT,
    "amount_minor" BIGINT,
    "currency" TEXT,
    "issuer_bin" TEXT,
    "card_ref" TEXT,
    "scheme" TEXT,
    "acquirer_id" BIGINT,
    "operator" TEXT,
    "duration_ms" INTEGER,
    "host_reached" BOOLEAN,
    "release" TEXT,
    "tvr" TEXT,
    "reversal_reason" TEXT,
    "batch" TEXT,
    "rrn" TEXT,
    "seconds_since_sign_in" INTEGER,
    "key_version" TEXT,

    CONSTRAINT "transaction_pkey" PRIMARY KEY ("terminal_id","id","at")
) PARTITION BY RANGE ("at");

-- CreateTable
CREATE TABLE "terminal_hour" (
    "terminal_id" BIGINT NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "store_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "org_id" UUID NOT NULL,
    "model_id" BIGINT,
    "app_release" TEXT,
    "beats" INTEGER NOT NULL DEFAULT 0,
    "max_gap_seconds" INTEGER,
    "battery_min_pct" REAL,
    "temperature_max_c" REAL,
    "signal_avg_dbm" REAL,
    "latency_avg_ms" REAL,
    "storage_max_pct" REAL,
    "reboots" BIGINT,
    "network_errors" BIGINT,
    "printer_lines" BIGINT,
    "chip_reads" BIGINT,
    "chip_failures" BIGINT,
    "tap_reads" BIGINT,
    "tap_failures" BIGINT,
    "swipe_reads" BIGINT,
    "swipe_failures" BIGINT,
    "presentments" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "device" INTEGER NOT NULL DEFAULT 0,
    "card" INTEGER NOT NULL DEFAULT 0,
    "operator" INTEGER NOT NULL DEFAULT 0,
    "system" INTEGER NOT NULL DEFAULT 0,
    "unknown" INTEGER NOT NULL DEFAULT 0,
    "raw_attempts" INTEGER NOT NULL DEFAULT 0,
    "raw_failures" INTEGER NOT NULL DEFAULT 0,
    "raw_device" INTEGER NOT NULL DEFAULT 0,
    "raw_card" INTEGER NOT NULL DEFAULT 0,
    "raw_operator" INTEGER NOT NULL DEFAULT 0,
    "raw_system" INTEGER NOT NULL DEFAULT 0,
    "raw_unknown" INTEGER NOT NULL DEFAULT 0,
    "raw_cancelled" INTEGER NOT NULL DEFAULT 0,
    "ecommerce" INTEGER NOT NULL DEFAULT 0,
    "ch_issuer" INTEGER NOT NULL DEFAULT 0,
    "ch_user" INTEGER NOT NULL DEFAULT 0,
    "ch_tech" INTEGER NOT NULL DEFAULT 0,
    "ch_chip" INTEGER NOT NULL DEFAULT 0,
    "ch_contactless" INTEGER NOT NULL DEFAULT 0,
    "ch_magstripe" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "terminal_hour_pkey" PRIMARY KEY ("terminal_id","hour","store_id","day")
) PARTITION BY RANGE ("hour");

-- CreateTable
CREATE TABLE "terminal_day" (
    "terminal_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "store_id" BIGINT NOT NULL,
    "org_id" UUID NOT NULL,
    "model_id" BIGINT,
    "app_release" TEXT,
    "beats" INTEGER NOT NULL DEFAULT 0,
    "max_gap_seconds" INTEGER,
    "battery_min_pct" REAL,
    "temperature_max_c" REAL,
    "signal_avg_dbm" REAL,
    "latency_avg_ms" REAL,
    "storage_max_pct" REAL,
    "reboots" BIGINT,
    "network_errors" BIGINT,
    "printer_lines" BIGINT,
    "chip_reads" BIGINT,
    "chip_failures" BIGINT,
    "tap_reads" BIGINT,
    "tap_failures" BIGINT,
    "swipe_reads" BIGINT,
    "swipe_failures" BIGINT,
    "presentments" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "device" INTEGER NOT NULL DEFAULT 0,
    "card" INTEGER NOT NULL DEFAULT 0,
    "operator" INTEGER NOT NULL DEFAULT 0,
    "system" INTEGER NOT NULL DEFAULT 0,
    "unknown" INTEGER NOT NULL DEFAULT 0,
    "raw_attempts" INTEGER NOT NULL DEFAULT 0,
    "raw_failures" INTEGER NOT NULL DEFAULT 0,
    "raw_device" INTEGER NOT NULL DEFAULT 0,
    "raw_card" INTEGER NOT NULL DEFAULT 0,
    "raw_operator" INTEGER NOT NULL DEFAULT 0,
    "raw_system" INTEGER NOT NULL DEFAULT 0,
    "raw_unknown" INTEGER NOT NULL DEFAULT 0,
    "raw_cancelled" INTEGER NOT NULL DEFAULT 0,
    "ecommerce" INTEGER NOT NULL DEFAULT 0,
    "ch_issuer" INTEGER NOT NULL DEFAULT 0,
    "ch_user" INTEGER NOT NULL DEFAULT 0,
    "ch_tech" INTEGER NOT NULL DEFAULT 0,
    "ch_chip" INTEGER NOT NULL DEFAULT 0,
    "ch_contactless" INTEGER NOT NULL DEFAULT 0,
    "ch_magstripe" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "terminal_day_pkey" PRIMARY KEY ("terminal_id","day","store_id")
) PARTITION BY RANGE ("day");

-- CreateTable
CREATE TABLE "segment_day" (
    "org_id" UUID NOT NULL,
    "store_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "dimension" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "subcause" TEXT NOT NULL,
    "presentments" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "raw_attempts" INTEGER NOT NULL,
    "raw_failures" INTEGER NOT NULL,

    CONSTRAINT "segment_day_pkey" PRIMARY KEY ("org_id","store_id","dimension","day","value","cause","subcause")
);

-- CreateTable
CREATE TABLE "terminal_state" (
    "terminal_id" BIGINT NOT NULL,
    "org_id" UUID NOT NULL,
    "last_beat_at" TIMESTAMPTZ(6),
    "last_received_at" TIMESTAMPTZ(6),
    "last_sale_at" TIMESTAMPTZ(6),
    "learnt_interval_seconds" INTEGER,
    "online_state" TEXT NOT NULL DEFAULT 'unknown',
    "online_state_since" TIMESTAMPTZ(6),
    "clock_offset_ms" BIGINT NOT NULL DEFAULT 0,
    "battery_pct" REAL,
    "battery_health_pct" REAL,
    "charging" BOOLEAN,
    "temperature_c" REAL,
    "network_type" TEXT,
    "signal_dbm" REAL,
    "latency_ms" REAL,
    "storage_used_pct" REAL,
    "printer_status" TEXT,
    "pinpad_ok" BOOLEAN,
    "reader_ok" BOOLEAN,
    "security_ok" BOOLEAN,
    "host_reachable" BOOLEAN,
    "tamper" BOOLEAN,
    "os" TEXT,
    "firmware" TEXT,
    "app" TEXT,
    "emv_kernel" TEXT,
    "security_patch" DATE,

    CONSTRAINT "terminal_state_pkey" PRIMARY KEY ("terminal_id")
);

-- CreateTable
CREATE TABLE "flag" (
    "id" BIGSERIAL NOT NULL,
    "org_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "terminal_id" BIGINT,
    "store_id" BIGINT,
    "status" TEXT NOT NULL DEFAULT 'candidate',
    "since_at" TIMESTAMPTZ(6) NOT NULL,
    "opened_at" TIMESTAMPTZ(6),
    "closed_at" TIMESTAMPTZ(6),
    "evaluated_at" TIMESTAMPTZ(6) NOT NULL,
    "reasons" JSONB NOT NULL,
    "hold_runs" INTEGER NOT NULL DEFAULT 1,
    "clear_runs" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "flag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loop_run" (
    "name" TEXT NOT NULL,
    "finished_at" TIMESTAMPTZ(6) NOT NULL,
    "took_ms" INTEGER NOT NULL,

    CONSTRAINT "loop_run_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "import_run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "org_id" UUID NOT NULL,
    "profile" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_hash" TEXT NOT NULL,
    "rows_done" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "app_user_org_id_idx" ON "app_user"("org_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_hash_key" ON "api_key"("key_hash");

-- CreateIndex
CREATE INDEX "api_key_org_id_idx" ON "api_key"("org_id");

-- CreateIndex
CREATE UNIQUE INDEX "merchant_org_id_name_key" ON "merchant"("org_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "region_org_id_merchant_id_name_key" ON "region"("org_id", "merchant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "store_org_id_code_key" ON "store"("org_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "acquirer_org_id_code_key" ON "acquirer"("org_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "terminal_model_org_id_name_key" ON "terminal_model"("org_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "terminal_org_id_serial_key" ON "terminal"("org_id", "serial");

-- CreateIndex
CREATE INDEX "terminal_store_terminal_id_from_at_idx" ON "terminal_store"("terminal_id", "from_at");

-- CreateIndex
CREATE INDEX "terminal_store_store_id_idx" ON "terminal_store"("store_id");

-- CreateIndex
CREATE INDEX "terminal_tid_org_id_tid_idx" ON "terminal_tid"("org_id", "tid");

-- CreateIndex
CREATE INDEX "terminal_tid_terminal_id_idx" ON "terminal_tid"("terminal_id");

-- CreateIndex
CREATE INDEX "terminal_status_terminal_id_idx" ON "terminal_status"("terminal_id");

-- CreateIndex
CREATE UNIQUE INDEX "code_pack_org_id_code_system_version_key" ON "code_pack"("org_id", "code_system", "version");

-- CreateIndex
CREATE UNIQUE INDEX "response_code_pack_id_code_key" ON "response_code"("pack_id", "code");

-- CreateIndex
CREATE INDEX "quarantine_org_id_received_at_idx" ON "quarantine"("org_id", "received_at");

-- CreateIndex
CREATE INDEX "heartbeat_batch_id_idx" ON "heartbeat" USING BRIN ("batch_id");

-- CreateIndex
CREATE INDEX "transaction_terminal_id_at_idx" ON "transaction"("terminal_id", "at");

-- CreateIndex
CREATE INDEX "transaction_batch_id_idx" ON "transaction" USING BRIN ("batch_id");

-- CreateIndex
CREATE INDEX "terminal_hour_org_id_hour_idx" ON "terminal_hour"("org_id", "hour");

-- CreateIndex
CREATE INDEX "terminal_day_org_id_day_idx" ON "terminal_day"("org_id", "day");

-- CreateIndex
CREATE INDEX "terminal_state_org_id_online_state_idx" ON "terminal_state"("org_id", "online_state");

-- CreateIndex
CREATE INDEX "flag_org_id_status_kind_idx" ON "flag"("org_id", "status", "kind");

-- CreateIndex
CREATE INDEX "flag_terminal_id_idx" ON "flag"("terminal_id");

-- CreateIndex
CREATE UNIQUE INDEX "import_run_org_id_profile_file_hash_key" ON "import_run"("org_id", "profile", "file_hash");

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merchant" ADD CONSTRAINT "merchant_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "region" ADD CONSTRAINT "region_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "region" ADD CONSTRAINT "region_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "store" ADD CONSTRAINT "store_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "store" ADD CONSTRAINT "store_merchant_id_fkey" FOREIGN KEY ("merchant_id") REFERENCES "merchant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "store" ADD CONSTRAINT "store_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "acquirer" ADD CONSTRAINT "acquirer_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminal_model" ADD CONSTRAINT "terminal_model_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_policy" ADD CONSTRAINT "release_policy_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release_policy" ADD CONSTRAINT "release_policy_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "terminal_model"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminal" ADD CONSTRAINT "terminal_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminal" ADD CONSTRAINT "terminal_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "terminal_model"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminal_store" ADD CONSTRAINT "terminal_store_terminal_id_fkey" FOREIGN KEY ("terminal_id") REFERENCES "terminal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminal_store" ADD CONSTRAINT "terminal_store_store_id_fkey" FOREIGN KEY ("store_id") REFERENCES "store"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminal_tid" ADD CONSTRAINT "terminal_tid_terminal_id_fkey" FOREIGN KEY ("terminal_id") REFERENCES "terminal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminal_tid" ADD CONSTRAINT "terminal_tid_acquirer_id_fkey" FOREIGN KEY ("acquirer_id") REFERENCES "acquirer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "terminal_status" ADD CONSTRAINT "terminal_status_terminal_id_fkey" FOREIGN KEY ("terminal_id") REFERENCES "terminal"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "response_code" ADD CONSTRAINT "response_code_pack_id_fkey" FOREIGN KEY ("pack_id") REFERENCES "code_pack"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Checks

alter table organisation add constraint organisation_language_check check (language in ('zh', 'en'));
alter table app_user add constraint app_user_role_check check (role in ('admin', 'viewer'));
alter table app_user add constraint app_user_email_check check (email = lower(email));
alter table terminal_status add constraint terminal_status_check
  check (status in ('pending', 'active', 'spare', 'in_repair', 'retired'));
alter table terminal_store add constraint terminal_store_interval_check check (to_at > from_at);
alter table terminal_tid add constraint terminal_tid_interval_check check (to_at > from_at);
alter table terminal_status add constraint terminal_status_interval_check check (to_at > from_at);
alter table response_code add constraint response_code_cause_check
  check (cause in ('device', 'card', 'operator', 'system', 'unknown', 'none'));
alter table ingest_batch add constraint ingest_batch_kind_check check (kind in ('heartbeat', 'transaction'));
alter table transaction add constraint transaction_outcome_check
  check (outcome in ('approved', 'declined', 'failed', 'cancelled', 'reversed'));
alter table flag add constraint flag_kind_check
  check (kind in ('maintenance', 'update', 'replacement', 'training', 'issuer', 'system'));
alter table flag add constraint flag_status_check check (status in ('candidate', 'open', 'closed'));
alter table terminal_state add constraint terminal_state_online_check
  check (online_state in ('online', 'late', 'suspect', 'offline', 'unknown'));

-- Partial and other indexes that Prisma does not model

create unique index store_unassigned_key on store (org_id) where is_unassigned;
create unique index terminal_store_now_key on terminal_store (terminal_id) where to_at is null;
create unique index terminal_status_now_key on terminal_status (terminal_id) where to_at is null;
create unique index terminal_tid_now_key on terminal_tid (org_id, tid, coalesce(acquirer_id, 0)) where to_at is null;
create unique index code_pack_shipped_key on code_pack (code_system, version) where org_id is null;
create unique index release_policy_key on release_policy (org_id, component, coalesce(model_id, 0));
create unique index flag_live_key on flag (org_id, rule, subject) where status <> 'closed';
-- The fold's queue: only what waits is in it.
create index ingest_batch_unfolded_idx on ingest_batch (org_id, id) where folded_at is null;
-- Rows whose clock was off are few and are looked for in a wider window.
create index heartbeat_offset_idx on heartbeat (terminal_id, at) where clock_offset_ms <> 0;
create index transaction_offset_idx on transaction (terminal_id, at) where clock_offset_ms <> 0;

-- What a window function of PostgreSQL before 19 cannot say: the last value that is not null.

create function last_known_step(state bigint, value bigint) returns bigint
  language sql immutable strict parallel safe return value;
create aggregate last_known(bigint) (sfunc = last_known_step, stype = bigint, parallel = safe);

-- Roles: they belong to the whole server, so another database may have made them already

do $$ begin
  create role tillwatch_app nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  create role tillwatch_worker nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  execute format('grant tillwatch_app, tillwatch_worker to %I', current_user);
exception when duplicate_object or unique_violation then null; end $$;

grant usage on schema public to tillwatch_app, tillwatch_worker;
grant usage on all sequences in schema public to tillwatch_app, tillwatch_worker;
grant select, insert, update, delete on
  organisation, app_user, api_key, merchant, region, store, acquirer, terminal_model, release_policy, terminal,
  terminal_store, terminal_tid, terminal_status, code_pack, response_code, unmapped_code, ingest_batch,
  quarantine, heartbeat, transaction, terminal_hour, terminal_day, segment_day, terminal_state, flag, loop_run,
  import_run to tillwatch_worker;
-- The application reads everything of its organisation, writes what people and terminals send, and leaves
-- rollups, states and flags to the worker.
grant select on
  organisation, app_user, api_key, merchant, region, store, acquirer, terminal_model, release_policy, terminal,
  terminal_store, terminal_tid, terminal_status, code_pack, response_code, unmapped_code, ingest_batch,
  quarantine, heartbeat, transaction, terminal_hour, terminal_day, segment_day, terminal_state, flag, loop_run,
  import_run to tillwatch_app;
grant insert, update, delete on
  app_user, api_key, merchant, region, store, acquirer, terminal_model, release_policy, terminal, terminal_store,
  terminal_tid, terminal_status, unmapped_code, quarantine, import_run to tillwatch_app;
grant update on organisation to tillwatch_app;
grant insert on code_pack, response_code, ingest_batch, heartbeat, transaction to tillwatch_app;
-- Mapping a code books its rows anew: the only change a raw row ever sees.
grant update (response_code_id, batch_id) on transaction to tillwatch_app;

-- Row-level security: the application's role sees the organisation that its transaction is bound to

do $$
declare
  t text;
begin
  foreach t in array array[
    'app_user', 'api_key', 'merchant', 'region', 'store', 'acquirer', 'terminal_model', 'release_policy',
    'terminal', 'terminal_store', 'terminal_tid', 'terminal_status', 'unmapped_code', 'ingest_batch',
    'quarantine', 'heartbeat', 'transaction', 'terminal_hour', 'terminal_day', 'segment_day',
    'terminal_state', 'flag', 'import_run'
  ] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy own_organisation on %I to tillwatch_app
      using (org_id = nullif(current_setting('app.org_id', true), '')::uuid)
      with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid)$p$, t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
  end loop;

  -- Shipped packs belong to nobody and are read by all.
  foreach t in array array['code_pack', 'response_code'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy shipped_or_own_organisation on %I for select to tillwatch_app
      using (org_id is null or org_id = nullif(current_setting('app.org_id', true), '')::uuid)$p$, t);
    execute format($p$create policy own_organisation on %I for insert to tillwatch_app
      with check (org_id = nullif(current_setting('app.org_id', true), '')::uuid)$p$, t);
    execute format('create policy every_organisation on %I to tillwatch_worker using (true) with check (true)', t);
  end loop;
end $$;

alter table organisation enable row level security;
create policy own_organisation on organisation to tillwatch_app
  using (id = nullif(current_setting('app.org_id', true), '')::uuid)
  with check (id = nullif(current_setting('app.org_id', true), '')::uuid);
create policy every_organisation on organisation to tillwatch_worker using (true) with check (true);

-- Look-ups before the organisation is known: each takes the secret and answers one row at most

create function api_key_by_hash(hash bytea) returns table (id uuid, org_id uuid, scopes text[])
  language sql stable security definer set search_path = pg_catalog, public as $$
  select k.id, k.org_id, k.scopes
    from public.api_key k
   where k.key_hash = hash and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
$$;

create function user_by_email(address text)
  returns table (id uuid, org_id uuid, email text, role text, password_hash text, must_change_password boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.org_id, u.email, u.role, u.password_hash, u.must_change_password
    from public.app_user u
   where u.email = lower(address) and u.disabled_at is null
$$;

create function user_by_id(user_id uuid)
  returns table (id uuid, org_id uuid, email text, role text, password_hash text, must_change_password boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select u.id, u.org_id, u.email, u.role, u.password_hash, u.must_change_password
    from public.app_user u
   where u.id = user_id and u.disabled_at is null
$$;

revoke all on function api_key_by_hash(bytea), user_by_email(text), user_by_id(uuid) from public;
grant execute on function api_key_by_hash(bytea), user_by_email(text), user_by_id(uuid)
  to tillwatch_app, tillwatch_worker;
