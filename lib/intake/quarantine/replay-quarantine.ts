import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import type { RejectionCode } from "@/lib/intake/ingest/answer"
import { replayRows } from "@/lib/intake/quarantine/replay-rows"
import type { Replayed, ReplayQuery } from "@/lib/intake/quarantine/schemas"
import { claimMany, countOpenAfter, type Claimed } from "@/lib/intake/quarantine/sql"

/** The number that ingest stores in one transaction. */
const mostRecords = 2_000
/** Half of the limit of one upload. */
const mostBytes = 8 * 1024 * 1024

const steps = "replay"
const Cursor = z.tuple([z.int()])

/**
 * Replays open records in the order of arrival, a limited number per call. The cursor skips those that stay
 * open.
 */
export function replayQuarantine({ actor, query }: { actor: Actor; query: ReplayQuery }): Promise<Replayed> {
  requirePermission(actor, "quarantine:write")
  return replayStep(actor, { query, corrected: () => null })
}

type Step = {
  query: ReplayQuery & { codes?: readonly RejectionCode[] }
  corrected: (row: Claimed) => string | null
}

/** One call of a replay. `corrected` can return another text to send for a record. */
export async function replayStep(actor: Actor, { query, corrected }: Step): Promise<Replayed> {
  const { cursor, ...filters } = query
  const filter = { ...filters, state: "open" } as const
  const [after] = cursor === undefined ? [0] : decodeCursor(steps, cursor, Cursor)
  const rows = await inOrganisation(actor, (db) =>
    claimMany(db, { ...filter, after, limit: mostRecords, mostBytes }),
  )
  if (rows.length === 0) return { replayed: 0, resolved: 0, rejected: 0, left: 0, nextCursor: null }

  const inOrder = rows.toSorted((a, b) => a.id - b.id)
  const { accepted, duplicates, rejected } = await replayRows(
    actor,
    inOrder.map((row) => {
      const sent = corrected(row)
      return sent === null ? row : { ...row, sent }
    }),
  )
  const last = inOrder.at(-1)?.id ?? after
  const [counted] = await inOrganisation(actor, (db) => countOpenAfter(db, { ...filter, after: last }))
  const left = counted?.count ?? 0
  return {
    replayed: rows.length,
    resolved: accepted + duplicates,
    rejected,
    left,
    nextCursor: left > 0 ? encodeCursor(steps, [last]) : null,
  }
}
