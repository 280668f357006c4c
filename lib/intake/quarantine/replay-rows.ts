import type { Actor } from "@/lib/access/actor/actor"
import { recordAudit, type AuditEntry } from "@/lib/access/audit/record-audit"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { inOrganisation } from "@/lib/base/db/transaction"
import { uploadOfLines } from "@/lib/base/http/upload"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import type { IngestAnswer } from "@/lib/intake/ingest/answer"
import { keptObject, keptText, namedTerminal } from "@/lib/intake/ingest/kept"
import { makeHistory } from "@/lib/intake/ingest/make-history"
import { addOutcomes } from "@/lib/intake/quarantine/add-outcomes"
import { auditEntryOf } from "@/lib/intake/quarantine/audit-entry"
import { forgetCard } from "@/lib/intake/quarantine/forget-card"
import { textOf, type Replay } from "@/lib/intake/quarantine/replay-text"
import { releaseClaims, type ReplayResult } from "@/lib/intake/quarantine/sql"
import { recordKinds, type RecordKind } from "@/lib/intake/quarantine/words"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"

type Counts = { accepted: number; duplicates: number; rejected: number }

const recorders = { heartbeat: recordHeartbeats, transaction: recordTransactions } as const satisfies Record<
  RecordKind,
  unknown
>

/**
 * Sends claimed records through ingest again, with their first time of arrival. A record is resolved if it is
 * stored, now or before; otherwise it stays open with the new reason. If this fails, all claims are released.
 */
export async function replayRows(actor: Actor, rows: Replay[]): Promise<Counts> {
  const counts = { accepted: 0, duplicates: 0, rejected: 0 }
  let entries: AuditEntry[] = []
  const results = new Map<number, ReplayResult>(rows.map(({ id }) => [id, untouched(id)]))
  const corrected = new Map(rows.map(({ id, sent }) => [id, sent]))
  try {
    const now = new Date()
    const ready = await inOrganisation(actor, (db) =>
      addOutcomes(
        db,
        rows.map((row) => forgetCard(row, now)),
      ),
    )
    for (const part of parts) {
      const whole = ready.filter((row) => isOf(part, row) && keptObject(textOf(row)) !== null)
      if (whole.length === 0) continue
      const { accepted, duplicates, rejected, errors } = await send(actor, part, whole)
      counts.accepted += accepted
      counts.duplicates += duplicates
      counts.rejected += rejected
      const refused = new Map(errors.map((error) => [error.index, error]))
      whole.forEach((row, index) => {
        const { code = null, field = null, message = null } = refused.get(index) ?? {}
        const sent = corrected.get(row.id)
        const correction = sent === undefined ? null : keptText({ text: sent, value: keptObject(sent) })
        results.set(row.id, {
          id: row.id,
          isResolved: code === null,
          code,
          field,
          message,
          correction,
          terminal: correction === null ? null : namedTerminal(correction),
        })
      })
    }
    counts.rejected = rows.length - counts.accepted - counts.duplicates
    entries = [replayed(rows, counts)]
  } finally {
    await released(actor, [...results.values()], entries)
  }
  return counts
}

type Part = { kind: RecordKind; isImport: boolean }

/** The rows of files are sent apart from the others, because they may be of any age. */
const parts = recordKinds.flatMap((kind): Part[] => [
  { kind, isImport: false },
  { kind, isImport: true },
])

const isOf = ({ kind, isImport }: Part, row: Replay): boolean =>
  row.kind === kind && (row.isFromFile ?? false) === isImport

/** The quarantine row has the text that was sent; the audit trail has the result. */
const replayed = (rows: Replay[], counts: Counts): AuditEntry =>
  auditEntryOf(
    rows.some(({ sent }) => sent !== undefined) ? "quarantine.corrected" : "quarantine.replayed",
    rows.map(({ id }) => id),
    counts,
  )

const untouched = (id: number): ReplayResult => ({
  id,
  isResolved: false,
  code: null,
  field: null,
  message: null,
  correction: null,
  terminal: null,
})

async function send(actor: Actor, { kind, isImport }: Part, rows: Replay[]): Promise<IngestAnswer> {
  if (isImport) await makeHistory(rows.map((row) => Date.parse(String(keptObject(textOf(row))?.["at"]))))
  return recorders[kind]({
    actor,
    upload: {
      ...uploadOfLines(rows.map(textOf)),
      firstReceivedAt: rows.map((row) => row.received_at),
      isImport,
    },
  })
}

// A terminal that sends the same records at the same time can cause a conflict. Stored records stay stored.
const released = (actor: Actor, results: ReplayResult[], entries: AuditEntry[]): Promise<void> =>
  retryConflicts(() =>
    inOrganisation(actor, async (db) => {
      await releaseClaims(db, results)
      await recordAudit(db, actor, entries)
    }),
  )
