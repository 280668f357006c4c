import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { recordAudit, type AuditEntry } from "@/lib/access/audit/record-audit"
import { isConflict } from "@/lib/base/db/failures"
import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { oneByOne } from "@/lib/base/db/one-by-one"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { lockMasterData } from "@/lib/fleet/changes/lock-master-data"
import { noteTerminals } from "@/lib/fleet/changes/note-changes"
import {
  notFound,
  refuseEnrolment,
  refuseMove,
  refuseStatus,
  type Effect,
  type ChangeRefusal,
  type CurrentAssignments,
} from "@/lib/fleet/terminals/life/life"
import {
  endTids,
  lockTerminals,
  assignStore,
  recountableFrom,
  recountTerminals,
  assignStatus,
  storeWithin,
} from "@/lib/fleet/terminals/life/life-sql"
import type { TerminalStatus } from "@/lib/fleet/terminals/words"

/** A change that many terminals can share. Only pending terminals can be enrolled. */
export type Change = { isEnrolment?: true; store?: number | undefined; status?: TerminalStatus }
export type ChangeOptions = { at?: Date | undefined; note?: string | undefined }
export type Refused = ChangeRefusal & { id: number; serial: string | null }
export type Outcome = { changed: number; refused: Refused[] }

/** The most terminals times days to recount at once. More would delay the rollups of all organisations. */
const mostTerminalDays = 1_000
const dayMs = 86_400_000

/**
 * Runs a transaction that changes terminals. It sees the whole organisation, because a terminal that moves
 * has no store for a moment. `run` checks the actor's stores.
 */
export async function inTerminalChange<T>(actor: Actor, run: (db: Db) => Promise<T>): Promise<T> {
  requirePermission(actor, "inventory:write")
  try {
    return await inOrganisation(wholeOrganisation(actor.orgId), async (db) => {
      await oneByOne(db)
      return run(db)
    })
  } catch (error) {
    if (!isConflict(error)) throw error
    throw new AppError("conflict", "Somebody else changed this at the same time. Try again.", {
      reason: "changed_meanwhile",
    })
  }
}

/**
 * Like `inTerminalChange`, for a terminal that gets a TID. One request at a time looks whether the TID is
 * free, because no index compares TIDs with and without acquirer or in other spellings. Files take the same
 * lock, also before they lock terminals.
 */
export const inTidChange = <T>(actor: Actor, run: (db: Db) => Promise<T>): Promise<T> =>
  inTerminalChange(actor, async (db) => {
    await lockMasterData(db)
    return run(db)
  })

/**
 * Like `inTerminalChange`, for terminals that change their store. It takes the fold's lock, so that the fold
 * does not count records for the old store meanwhile. Files and vendors do not take the lock.
 */
export const inTerminalMove = <T>(actor: Actor, run: (db: Db) => Promise<T>): Promise<T> =>
  inTerminalChange(actor, async (db) => {
    await takeFoldLock(db, actor.orgId)
    return run(db)
  })

export async function effectOf(db: Db, { at }: ChangeOptions): Promise<Effect> {
  const now = new Date()
  if (at !== undefined && at > now)
    throw new AppError("invalid", "This time is in the future. A change takes effect now or in the past.", {
      field: "at",
    })
  const [kept] = await recountableFrom(db)
  return { at: at ?? now, isNow: at === undefined, oldest: kept?.oldest ?? now }
}

export async function storeOrThrow(db: Db, actor: Actor, storeId: number, field = "store"): Promise<string> {
  const [store] = await storeWithin(db, { storeId, stores: actor.stores })
  if (!store) throw new AppError("invalid", "This store does not exist.", { field })
  return store.code
}

/**
 * Moves, enrols or changes the status of many terminals. Those that do not allow it stay as they are, with
 * the reason.
 */
export function changeTerminals({
  actor,
  ids,
  change,
  ...options
}: { actor: Actor; ids: number[]; change: Change } & ChangeOptions): Promise<Outcome> {
  const inTransaction = change.store === undefined ? inTerminalChange : inTerminalMove
  return inTransaction(actor, async (db) => {
    const effect = await effectOf(db, options)
    const locked = await lockTerminals(db, { ids, stores: actor.stores })
    // An actor who asks for terminals outside their reach must not learn about stores either.
    const storeCode =
      change.store === undefined || locked.length === 0 ? null : await storeOrThrow(db, actor, change.store)
    const found = new Map(locked.map((terminal) => [terminal.id, terminal]))
    const refused: Refused[] = []
    const changed: CurrentAssignments[] = []
    for (const id of new Set(ids)) {
      const terminal = found.get(id)
      const refusal: ChangeRefusal | null = terminal ? refuse(terminal, change, effect) : notFound
      if (refusal) refused.push({ id, serial: terminal?.serial ?? null, ...refusal })
      else if (terminal) changed.push(terminal)
    }
    refuseTooMany(change, changed.length, effect)
    await apply(db, changed, change, { at: effect.at, note: options.note ?? null, by: actor.name })
    await recordAudit(
      db,
      actor,
      changed.map((terminal) =>
        auditEntryOf(terminal, change, { storeCode, at: effect.at, note: options.note }),
      ),
    )
    return { changed: changed.length, refused }
  })
}

/** Like `changeTerminals` for one terminal. A refusal is an error. */
export async function changeTerminal({
  terminalId,
  ...rest
}: { actor: Actor; terminalId: number; change: Change } & ChangeOptions): Promise<Outcome> {
  const outcome = await changeTerminals({ ...rest, ids: [terminalId] })
  throwRefusal(outcome.refused[0] ?? null)
  return outcome
}

export function throwRefusal(refusal: ChangeRefusal | null): void {
  if (refusal)
    throw new AppError(refusal.reason === "not_found" ? "not_found" : "conflict", refusal.message, {
      reason: refusal.reason,
    })
}

function refuse(
  terminal: CurrentAssignments,
  { isEnrolment, store, status }: Change,
  effect: Effect,
): ChangeRefusal | null {
  const notPending = isEnrolment ? refuseEnrolment(terminal) : null
  // A terminal can be enrolled in the store where it is.
  const unmoved =
    store === undefined || (isEnrolment && terminal.storeId === store)
      ? null
      : refuseMove(terminal, store, effect)
  return notPending ?? (status === undefined ? null : refuseStatus(terminal, status, effect)) ?? unmoved
}

function refuseTooMany({ store }: Change, count: number, { at }: Effect): void {
  if (store === undefined || count * Math.floor((Date.now() - at.getTime()) / dayMs) <= mostTerminalDays)
    return
  throw new AppError(
    "too_large",
    `At most ${mostTerminalDays.toLocaleString("en")} terminals times days can be recounted at once. ` +
      "Choose fewer terminals or a later time.",
    { field: "at" },
  )
}

async function apply(
  db: Db,
  terminals: CurrentAssignments[],
  { store, status }: Change,
  assigned: { at: Date; note: string | null; by: string },
): Promise<void> {
  const ids = terminals.map(({ id }) => id)
  if (ids.length === 0) return
  await noteTerminals(db, ids)
  if (status !== undefined) {
    await assignStatus(db, { ids, status, ...assigned })
    if (status === "retired") await endTids(db, { ids, at: assigned.at })
  }
  const moved = terminals
    .filter(({ storeId }) => store !== undefined && storeId !== store)
    .map(({ id }) => id)
  if (store === undefined || moved.length === 0) return
  await assignStore(db, { ids: moved, storeId: store, ...assigned })
  await recountTerminals(db, { ids: moved, at: assigned.at })
}

type AuditContext = { storeCode: string | null; at: Date; note: string | undefined }

function auditEntryOf(
  { id, serial, storeCode, status, tids }: CurrentAssignments,
  change: Change,
  context: AuditContext,
): AuditEntry {
  const isRetired = change.status === "retired" && tids.length > 0
  return {
    action: change.isEnrolment
      ? "terminal.enrolled"
      : change.status === undefined
        ? "terminal.moved"
        : "terminal.restated",
    subject: { kind: "terminal", id, name: serial },
    before: {
      ...(context.storeCode === null ? {} : { store: storeCode }),
      ...(change.status === undefined ? {} : { status }),
      ...(isRetired ? { tids: tids.map(({ tid }) => tid) } : {}),
    },
    after: {
      ...(context.storeCode === null ? {} : { store: context.storeCode }),
      ...(change.status === undefined ? {} : { status: change.status }),
      ...(isRetired ? { tids: [] } : {}),
      at: context.at.toISOString(),
      ...(context.note === undefined ? {} : { note: context.note }),
    },
  }
}
