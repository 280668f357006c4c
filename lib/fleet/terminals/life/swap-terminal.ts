import type { Actor } from "@/lib/access/actor/actor"
import { recordAudit, type AuditEntry } from "@/lib/access/audit/record-audit"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import {
  effectOf,
  inTerminalMove,
  storeOrThrow,
  throwRefusal,
} from "@/lib/fleet/terminals/life/change-terminals"
import {
  refuseMove,
  refuseSwap,
  type CurrentAssignments,
  type SwappedStatus,
} from "@/lib/fleet/terminals/life/life"
import type { SwapRequest } from "@/lib/fleet/terminals/life/life-schemas"
import {
  assignTid,
  endTids,
  lockTerminals,
  assignStore,
  recountTerminals,
  assignStatus,
} from "@/lib/fleet/terminals/life/life-sql"

/**
 * Replaces a terminal: another one takes over its store, TIDs and status at one instant. The store keeps
 * its history, and so do both terminals.
 */
export function swapTerminal({
  actor,
  terminalId,
  replacement: replacementId,
  oldStatus,
  oldStore,
  at,
  note,
}: { actor: Actor; terminalId: number } & SwapRequest): Promise<{ changed: number }> {
  return inTerminalMove(actor, async (db) => {
    const effect = await effectOf(db, { at })
    const locked = await lockTerminals(db, { ids: [terminalId, replacementId], stores: actor.stores })
    const old = locked.find(({ id }) => id === terminalId)
    const replacement = locked.find(({ id }) => id === replacementId)
    if (!old) throw new AppError("not_found", "This terminal does not exist.")
    if (!replacement)
      throw new AppError("invalid", "The replacement does not exist.", { field: "replacement" })
    const oldCode = oldStore === undefined ? null : await storeOrThrow(db, actor, oldStore, "oldStore")
    throwRefusal(
      refuseSwap({ old, replacement, oldStatus, effect }) ??
        (oldStore === undefined || oldStore === old.storeId ? null : refuseMove(old, oldStore, effect)),
    )
    const assigned = { at: effect.at, note: note ?? null, by: actor.name }
    await swap(db, { old, replacement, oldStatus, oldStore: oldStore ?? old.storeId }, assigned)
    await noteTerminals(db, [terminalId, replacementId])
    const storeAfter = oldCode ?? old.storeCode
    const context = { at: effect.at.toISOString(), ...(note === undefined ? {} : { note }) }
    await recordAudit(db, actor, auditEntriesOf({ old, replacement, oldStatus, storeAfter }, context))
    return { changed: 2 }
  })
}

type Swap = { old: CurrentAssignments; replacement: CurrentAssignments; oldStatus: SwappedStatus }

async function swap(
  db: Db,
  { old, replacement, oldStatus, oldStore }: Swap & { oldStore: number },
  assigned: { at: Date; note: string | null; by: string },
): Promise<void> {
  if (oldStatus !== old.status) await assignStatus(db, { ids: [old.id], status: oldStatus, ...assigned })
  if (replacement.status !== old.status)
    await assignStatus(db, { ids: [replacement.id], status: old.status, ...assigned })
  for (const { tid, acquirer_id: acquirerId } of await endTids(db, { ids: [old.id], at: assigned.at })) {
    await assignTid(db, { terminalId: replacement.id, tid, acquirerId, ...assigned })
  }
  const moves = [
    { id: replacement.id, from: replacement.storeId, to: old.storeId },
    { id: old.id, from: old.storeId, to: oldStore },
  ]
  for (const { id, from, to } of moves) {
    if (from === to) continue
    await assignStore(db, { ids: [id], storeId: to, ...assigned })
    await recountTerminals(db, { ids: [id], at: assigned.at })
  }
}

function auditEntriesOf(
  { old, replacement, oldStatus, storeAfter }: Swap & { storeAfter: string },
  context: { at: string; note?: string },
): AuditEntry[] {
  const tids = old.tids.map(({ tid }) => tid)
  return [
    {
      action: "terminal.swapped",
      subject: { kind: "terminal", id: old.id, name: old.serial },
      before: { status: old.status, store: old.storeCode, tids },
      after: {
        status: oldStatus,
        store: storeAfter,
        tids: [],
        replacedBy: replacement.serial,
        ...context,
      },
    },
    {
      action: "terminal.swapped",
      subject: { kind: "terminal", id: replacement.id, name: replacement.serial },
      before: { status: replacement.status, store: replacement.storeCode, tids: [] },
      after: { status: old.status, store: old.storeCode, tids, replaces: old.serial, ...context },
    },
  ]
}
