import type { Actor } from "@/lib/access/actor/actor"
import { recordAudit, type AuditEntry } from "@/lib/access/audit/record-audit"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { addJob, recountAttempts } from "@/lib/base/jobs/add-job"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import { inTerminalChange, throwRefusal } from "@/lib/fleet/terminals/life/change-terminals"
import { notFound, type CurrentAssignments } from "@/lib/fleet/terminals/life/life"
import type { MergeRequest } from "@/lib/fleet/terminals/life/life-schemas"
import { assignStatus, lockTerminals } from "@/lib/fleet/terminals/life/life-sql"
import { daysOfRecords } from "@/lib/fleet/terminals/merge/days-of-records"
import { refuseMerge } from "@/lib/fleet/terminals/merge/refuse-merge"
import { areAlike, fillMasterData, moveTids, setMerged } from "@/lib/fleet/terminals/merge/sql"

/**
 * Merges a terminal into another one that is the same device: from now on its serial number and TIDs lead to
 * that one. It is retired and keeps its own history of assignments. A job moves its records.
 */
export function mergeTerminals({
  actor,
  terminalId,
  merged: mergedId,
  note,
}: { actor: Actor; terminalId: number } & MergeRequest): Promise<{ changed: number }> {
  return inTerminalChange(actor, async (db) => {
    const locked = await lockTerminals(db, { ids: [terminalId, mergedId], stores: actor.stores })
    const kept = locked.find(({ id }) => id === terminalId)
    const merged = locked.find(({ id }) => id === mergedId)
    if (!kept) throw new AppError("not_found", notFound.message)
    if (!merged) throw new AppError("invalid", "The terminal to merge does not exist.", { field: "merged" })
    const ids = { kept: kept.id, merged: merged.id }
    throwRefusal(refuseMerge({ kept, merged, areAlike: (await areAlike(db, ids)).length > 0 }))
    await merge(db, { kept, merged }, { note: note ?? null, by: actor.name })
    const days = await daysOfRecords(db, merged.id)
    await addJob(
      db,
      "moveRecords",
      { orgId: actor.orgId, from: merged.id, to: kept.id, days },
      { key: `moveRecords ${merged.id}`, attempts: recountAttempts },
    )
    await recordAudit(db, actor, entriesOf({ kept, merged }, note))
    return { changed: 2 }
  })
}

type Pair = { kept: CurrentAssignments; merged: CurrentAssignments }

async function merge(
  db: Db,
  { kept, merged }: Pair,
  assigned: { note: string | null; by: string },
): Promise<void> {
  const ids = { kept: kept.id, merged: merged.id }
  await moveTids(db, ids)
  await fillMasterData(db, ids)
  if (merged.status !== "retired")
    await assignStatus(db, { ids: [merged.id], status: "retired", at: new Date(), ...assigned })
  await setMerged(db, ids)
  await noteTerminals(db, [kept.id, merged.id])
}

function entriesOf({ kept, merged }: Pair, note: string | undefined): AuditEntry[] {
  const tids = merged.tids.map(({ tid }) => tid)
  const noted = note === undefined ? {} : { note }
  return [
    {
      action: "terminal.merged",
      subject: { kind: "terminal", id: merged.id, name: merged.serial },
      before: { status: merged.status, store: merged.storeCode, tids },
      after: { status: "retired", mergedInto: kept.serial, tids: [], ...noted },
    },
    {
      action: "terminal.merged",
      subject: { kind: "terminal", id: kept.id, name: kept.serial },
      before: { tids: kept.tids.map(({ tid }) => tid) },
      after: { merged: merged.serial, tids: [...kept.tids.map(({ tid }) => tid), ...tids], ...noted },
    },
  ]
}
