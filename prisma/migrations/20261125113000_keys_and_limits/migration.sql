-- Keys that others take over from, the trail by time, and how often somebody asked. Locks small tables for a moment.
set local lock_timeout = '10s';

alter table api_key add column successor_id uuid;
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "api_key"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- CreateIndex
CREATE UNIQUE INDEX "api_key_successor_id_key" ON "api_key"("successor_id");

-- CreateIndex
CREATE INDEX "audit_entry_org_id_at_idx" ON "audit_entry"("org_id", "at");

-- Counters of rate-limiter-flexible, which expects these columns in this order. Their keys are hashes. Nothing
-- waits for the disk: what a crash forgets are counts of minutes.
CREATE UNLOGGED TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");

grant select, insert, update, delete on rate_limit to tillwatch_app;
grant select, delete on rate_limit to tillwatch_worker;
