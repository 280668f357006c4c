import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { keptObject } from "@/lib/intake/ingest/kept"
import { withClock } from "@/lib/intake/quarantine/correct-clock"
import { replayStep } from "@/lib/intake/quarantine/replay-quarantine"
import type { ClockBody, ClockQuery, Replayed } from "@/lib/intake/quarantine/schemas"
import type { Claimed } from "@/lib/intake/quarantine/sql"
import { clockCodes } from "@/lib/intake/quarantine/words"

/** Corrects the clock of a terminal's records and replays them, a limited number per call. */
export function correctClocks({
  actor,
  query,
  aheadSeconds,
}: { actor: Actor; query: ClockQuery } & ClockBody): Promise<Replayed> {
  requirePermission(actor, "quarantine:write")
  const reasons = query.code === undefined ? { codes: clockCodes } : {}
  return replayStep(actor, {
    query: { ...query, ...reasons },
    corrected: (row) => corrected(row, aheadSeconds * 1000),
  })
}

// Always corrects the original record, so that a second correction does not add to the first.
function corrected({ record, correction, received_at }: Claimed, aheadMs: number): string | null {
  const asItCame = keptObject(record)
  const last = keptObject(correction ?? record)
  const now =
    asItCame &&
    last &&
    withClock({ ...last, at: asItCame["at"] }, { aheadMs, receivedAt: received_at.getTime() })
  return now ? JSON.stringify(now) : null
}
