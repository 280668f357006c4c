import type { TerminalStatus } from "@/lib/fleet/terminals/words"

/**
 * The statuses that a terminal can change to. A pending one is enrolled instead. A retired one can only
 * become a spare.
 */
export const nextStatuses = {
  pending: ["active", "spare", "retired"],
  active: ["spare", "in_repair", "retired"],
  spare: ["active", "in_repair", "retired"],
  in_repair: ["active", "spare", "retired"],
  retired: ["spare"],
} as const satisfies Record<TerminalStatus, readonly TerminalStatus[]>

export const canBecome = (from: TerminalStatus, to: TerminalStatus): boolean =>
  nextStatuses[from].some((status) => status === to)

/** The new status of the terminal that a swap replaces. */
export const swappedStatuses = ["spare", "in_repair", "retired"] as const satisfies readonly TerminalStatus[]
export type SwappedStatus = (typeof swappedStatuses)[number]

/** A terminal's store, status and TIDs, each with its start. */
export type CurrentAssignments = {
  id: number
  serial: string
  storeId: number
  storeCode: string
  storeFrom: Date
  status: TerminalStatus
  statusFrom: Date
  tids: { tid: string; acquirerId: number | null; from: Date }[]
  labels: string[]
  /** Time of its newest record. */
  newestAt: Date | null
}

/**
 * When a change took effect. `isNow` if no time was given. `oldest` is the earliest time from which records
 * can be recounted.
 */
export type Effect = { at: Date; isNow: boolean; oldest: Date }

export const refusalReasons = [
  "not_found",
  "unchanged",
  "not_pending",
  "not_possible",
  "not_alike",
  "too_early",
  "beyond_retention",
  "has_records",
  "holds_tid",
  "tid_taken",
  "too_many_labels",
  "warranty_before_purchase",
  "changed_meanwhile",
] as const
export type RefusalReason = (typeof refusalReasons)[number]
export type ChangeRefusal = { reason: RefusalReason; message: string }
/** The terminal does not exist or is outside the actor's reach. */
export const notFound: ChangeRefusal = { reason: "not_found", message: "This terminal does not exist." }

const refusal = (reason: RefusalReason, message: string): ChangeRefusal => ({ reason, message })
const time = (at: Date) => at.toISOString()

/** Why the terminal cannot be in the store from then on, or null. */
export function refuseMove(
  terminal: CurrentAssignments,
  storeId: number,
  { at, oldest }: Effect,
): ChangeRefusal | null {
  if (terminal.storeId === storeId)
    return refusal("unchanged", `${terminal.serial} is already in this store.`)
  if (at <= terminal.storeFrom)
    return refusal(
      "too_early",
      `${terminal.serial} came to its store at ${time(terminal.storeFrom)}. Choose a later time.`,
    )
  if (at < oldest)
    return refusal(
      "beyond_retention",
      `Records can be recounted from ${time(oldest)} on. Choose a later time.`,
    )
  return null
}

/** Why the terminal cannot have the status from then on, or null. A terminal that retires loses its TIDs. */
export function refuseStatus(
  terminal: CurrentAssignments,
  status: TerminalStatus,
  effect: Effect,
): ChangeRefusal | null {
  if (terminal.status === status) return refusal("unchanged", `${terminal.serial} is already ${status}.`)
  if (!canBecome(terminal.status, status))
    return refusal("not_possible", `${terminal.serial} is ${terminal.status} and cannot become ${status}.`)
  if (effect.at <= terminal.statusFrom) {
    const since = time(terminal.statusFrom)
    return refusal(
      "too_early",
      `${terminal.serial} has been ${terminal.status} since ${since}. Choose a later time.`,
    )
  }
  return status === "retired" ? refuseLosingTids(terminal, effect) : null
}

/**
 * Why the terminal cannot lose its TIDs from then on, or null. Records that came later stay with this
 * terminal.
 */
export function refuseLosingTids(
  { serial, tids, newestAt }: CurrentAssignments,
  { at, isNow }: Effect,
): ChangeRefusal | null {
  const [late] = tids.filter(({ from }) => at <= from)
  if (late)
    return refusal(
      "too_early",
      `${serial} has had the TID ${late.tid} since ${time(late.from)}. Choose a later time.`,
    )
  if (tids.length > 0 && !isNow && newestAt !== null && newestAt >= at) {
    return refusal(
      "has_records",
      `${serial} has records until ${time(newestAt)}, which stay with it. Choose a later time.`,
    )
  }
  return null
}

export function refuseEnrolment(terminal: CurrentAssignments): ChangeRefusal | null {
  return terminal.status === "pending"
    ? null
    : refusal("not_pending", `${terminal.serial} is ${terminal.status}, not pending.`)
}

/** Why the new terminal cannot take over the old one's store, TIDs and status, or null. */
export function refuseSwap({
  old,
  replacement,
  oldStatus,
  effect,
}: {
  old: CurrentAssignments
  replacement: CurrentAssignments
  oldStatus: SwappedStatus
  effect: Effect
}): ChangeRefusal | null {
  if (old.id === replacement.id) return refusal("not_possible", "A terminal cannot replace itself.")
  if (old.status === "pending" || old.status === "retired")
    return refusal("not_possible", `${old.serial} is ${old.status}, so there is nothing to take over.`)
  const [own] = replacement.tids
  if (own) return refusal("holds_tid", `${replacement.serial} already has the TID ${own.tid}. End it first.`)
  const statusRefusal = oldStatus === old.status ? null : refuseStatus(old, oldStatus, effect)
  const takeoverRefusal =
    replacement.status === old.status ? null : refuseStatus(replacement, old.status, effect)
  const moveRefusal =
    replacement.storeId === old.storeId ? null : refuseMove(replacement, old.storeId, effect)
  return refuseLosingTids(old, effect) ?? statusRefusal ?? takeoverRefusal ?? moveRefusal
}
