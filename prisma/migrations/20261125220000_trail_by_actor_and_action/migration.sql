-- The trail of one person, and of one kind of action, newest first. Writes to the trail wait while they are built.
set local lock_timeout = '10s';

-- CreateIndex
CREATE INDEX "audit_entry_org_id_actor_id_id_idx" ON "audit_entry"("org_id", "actor_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_org_id_action_id_idx" ON "audit_entry"("org_id", "action", "id");
