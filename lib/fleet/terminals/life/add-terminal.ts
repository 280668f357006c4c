import type { Actor } from "@/lib/access/actor/actor"
import { recordAudit } from "@/lib/access/audit/record-audit"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import { changedLabels } from "@/lib/fleet/terminals/labels"
import { inTerminalChange, inTidChange, storeOrThrow } from "@/lib/fleet/terminals/life/change-terminals"
import { acquirerOrThrow, tidFreeSince } from "@/lib/fleet/terminals/life/change-tid"
import type { AddedTerminal, NewTerminal } from "@/lib/fleet/terminals/life/life-schemas"
import {
  assignTid,
  insertTerminal,
  modelName,
  assignStore,
  assignStatus,
} from "@/lib/fleet/terminals/life/life-sql"
import { ownPlaceholderTest } from "@/lib/fleet/terminals/own-placeholders"
import { placeholderMessage } from "@/lib/fleet/terminals/placeholder"
import { changePurchase } from "@/lib/fleet/terminals/purchase/change-purchases"

const theBeginning = new Date(0)

/**
 * Adds a terminal. It counts as present from the beginning, so records that quarantine kept find their
 * store. A TID that another terminal had before is its own from that time on.
 */
export function addTerminal({
  actor,
  terminal,
}: {
  actor: Actor
  terminal: NewTerminal
}): Promise<AddedTerminal> {
  const { serial, store, model, tid, status, note } = terminal
  const inTransaction = tid === undefined ? inTerminalChange : inTidChange
  return inTransaction(actor, async (db) => {
    const storeCode = await storeOrThrow(db, actor, store)
    const modelOf = await modelOrThrow(db, model ?? null)
    const acquirerId = terminal.acquirer ?? null
    const acquirer = await acquirerOrThrow(db, acquirerId)
    if (tid !== undefined && status === "retired")
      throw new AppError("invalid", "A retired terminal has no TID.", { field: "tid" })
    if ((await ownPlaceholderTest(db))(serial))
      throw new AppError("invalid", placeholderMessage(serial), { field: "serial" })
    const labels = changedLabels([], { add: terminal.labels, remove: [] })
    const [added] = await insertTerminal(db, { serial, modelId: model ?? null, labels })
    if (!added)
      throw new AppError("conflict", `A terminal ${serial} already exists.`, { reason: "serial_taken" })
    const assigned = { ids: [added.id], at: theBeginning, note: note ?? null, by: actor.name }
    await assignStore(db, { ...assigned, storeId: store })
    await assignStatus(db, { ...assigned, status })
    if (tid !== undefined) {
      const at = (await tidFreeSince(db, { actor, serial, tid, acquirerId })) ?? theBeginning
      await assignTid(db, { ...assigned, terminalId: added.id, tid, acquirerId, at })
    }
    await noteTerminals(db, [added.id])
    const purchase = await changePurchase(db, { id: added.id, serial }, terminal)
    await recordAudit(db, actor, [
      {
        action: "terminal.added",
        subject: { kind: "terminal", id: added.id, name: serial },
        after: {
          store: storeCode,
          status,
          model: modelOf,
          tids: tid === undefined ? [] : [tid],
          acquirer,
          labels,
          ...purchase.after,
          ...(note === undefined ? {} : { note }),
        },
      },
    ])
    return added
  })
}

export async function modelOrThrow(db: Db, modelId: number | null): Promise<string | null> {
  if (modelId === null) return null
  const [row] = await modelName(db, modelId)
  if (!row) throw new AppError("invalid", "This model does not exist.", { field: "model" })
  return row.name
}
