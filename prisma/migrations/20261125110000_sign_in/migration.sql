-- What the worker deletes old sessions and links by. Locks small tables for a moment.
set local lock_timeout = '10s';

-- CreateIndex
CREATE INDEX "session_created_at_idx" ON "session"("created_at");

-- CreateIndex
CREATE INDEX "account_link_created_at_idx" ON "account_link"("created_at");
