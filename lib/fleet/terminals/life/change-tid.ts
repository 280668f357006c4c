import type { Actor } from "@/lib/access/actor/actor"
import { recordAudit } from "@/lib/access/audit/record-audit"
import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import { inTidChange, effectOf, throwRefusal } from "@/lib/fleet/terminals/life/change-terminals"
import { refuseLosingTids, type Effect, type CurrentAssignments } from "@/lib/fleet/terminals/life/life"
import type { TidRequest } from "@/lib/fleet/terminals/life/life-schemas"
import {
  acquirerCode,
  assignTid,
  endTid,
  lockTerminals,
  lastHolder,
  serialTaken,
} from "@/lib/fleet/terminals/life/life-sql"

/** Assigns a TID, in place of the terminal's TID at the same acquirer, or ends one. */
export function changeTid({
  actor,
  terminalId,
  tid,
  acquirer,
  end,
  at,
  note,
}: { actor: Actor; terminalId: number } & TidRequest): Promise<{ changed: number }> {
  return inTidChange(actor, async (db) => {
    const effect = await effectOf(db, { at })
    const acquirerId = acquirer ?? null
    const [terminal] = await lockTerminals(db, { ids: [terminalId], stores: actor.stores })
    if (!terminal) throw new AppError("not_found", "This terminal does not exist.")
    const named = await acquirerOrThrow(db, acquirerId)
    const own = terminal.tids.filter((assignment) => assignment.acquirerId === acquirerId)
    const isOwn = own.some((assignment) => assignment.tid === tid)
    if (end && !isOwn)
      throw new AppError("conflict", `${terminal.serial} does not have the TID ${tid}.`, {
        reason: "unchanged",
      })
    if (!end && isOwn)
      throw new AppError("conflict", `${terminal.serial} already has the TID ${tid}.`, {
        reason: "unchanged",
      })
    throwRefusal(refuseLosingTids({ ...terminal, tids: own }, effect))
    await endTid(db, { terminalId, acquirerId, at: effect.at })
    if (!end) {
      await refuseTaken(db, { actor, terminal, tid, acquirerId, effect })
      await assignTid(db, { terminalId, tid, acquirerId, at: effect.at, note: note ?? null, by: actor.name })
    }
    await noteTerminals(db, [terminalId])
    await recordAudit(db, actor, [
      {
        action: end ? "terminal.tidEnded" : "terminal.tidAssigned",
        subject: { kind: "terminal", id: terminalId, name: terminal.serial },
        before: { tids: own.map((assignment) => assignment.tid) },
        after: {
          tids: end ? [] : [tid],
          ...(named === null ? {} : { acquirer: named }),
          at: effect.at.toISOString(),
          ...(note === undefined ? {} : { note }),
        },
      },
    ])
    return { changed: 1 }
  })
}

export async function acquirerOrThrow(db: Db, acquirerId: number | null): Promise<string | null> {
  if (acquirerId === null) return null
  const [row] = await acquirerCode(db, acquirerId)
  if (!row) throw new AppError("invalid", "This acquirer does not exist.", { field: "acquirer" })
  return row.code
}

type TidChange = {
  actor: Actor
  terminal: Pick<CurrentAssignments, "serial" | "status">
  tid: string
  acquirerId: number | null
  effect: Pick<Effect, "at">
}

/** Refuses a TID that another terminal has, and any TID for a retired terminal. */
async function refuseTaken(db: Db, { actor, terminal, tid, acquirerId, effect }: TidChange): Promise<void> {
  if (terminal.status === "retired")
    throw new AppError("conflict", `${terminal.serial} is retired and cannot have a TID.`, {
      reason: "not_possible",
    })
  const since = await tidFreeSince(db, { actor, serial: terminal.serial, tid, acquirerId })
  if (since !== null && effect.at < since) {
    throw new AppError(
      "conflict",
      `Another terminal had the TID ${tid} until ${since.toISOString()}. Choose a later time.`,
      { reason: "too_early" },
    )
  }
}

/** Since when the TID is free. Null if no terminal ever had it. */
export async function tidFreeSince(
  db: Db,
  {
    actor,
    serial,
    tid,
    acquirerId,
  }: { actor: Actor; serial: string; tid: string; acquirerId: number | null },
): Promise<Date | null> {
  const [last] = await lastHolder(db, { tid, acquirerId, serial, stores: actor.stores })
  if (last?.is_held) {
    const holder = last.is_seen ? last.serial : "Another terminal"
    throw new AppError("conflict", `${holder} has the TID ${tid}. End it there, or swap the terminals.`, {
      reason: "tid_taken",
    })
  }
  // Records with this serial number would be counted for the wrong terminal.
  if (tid !== serial && (await serialTaken(db, tid)).length > 0)
    throw new AppError("conflict", `${tid} is another terminal's serial number.`, { reason: "tid_taken" })
  return last?.until ?? null
}
