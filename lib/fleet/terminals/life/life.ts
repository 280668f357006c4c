import type { TerminalStatus } from "@/lib/fleet/terminals/words"

/** What a terminal can become. A pending one is enrolled; a retired one can be taken back as a spare. */
export const nextStatuses = {
  pending: ["active", "spare", "retired"],
  active: ["spare", "in_repair", "retired"],
  spare: ["active", "in_repair", "retired"],
  in_repair: ["active", "spare", "retired"],
  retired: ["spare"],
} as const satisfies Record<TerminalStatus, readonly TerminalStatus[]>

export const canBecome = (from: TerminalStatus, to: TerminalStatus): boolean =>
  nextStatuses[from].some((status) => status === to)

/** What the old terminal of a swap becomes. */
export const swappedStatuses = ["spare", "in_repair", "retired"] as const satisfies readonly TerminalStatus[]
export type SwappedStatus = (typeof swappedStatuses)[number]

/** Where a terminal stands, what it is and what it holds, with when each began. */
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
  /** Of its newest record. */
  newestAt: Date | null
}

/**
 * When something took effect: `isNow` where nobody named another time. `oldest` is how far back records can
 * be booked anew.
 */
export type Effect = { at: Date; isNow: boolean; oldest: Date }

export const refusalReasons = [
  "not_found",
  "unchanged",
  "not_pending",
  "not_possible",
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
/** Of what does not exist, or lies beyond reach. */
export const notFound: ChangeRefusal = { reason: "not_found", message: "There is no such terminal." }

const refusal = (reason: RefusalReason, message: string): ChangeRefusal => ({ reason, message })
const time = (at: Date) => at.toISOString()

/** Why the terminal cannot be in the store from then on; null where it can. */
export function refuseMove(
  terminal: CurrentAssignments,
  storeId: number,
  { at, oldest }: Effect,
): ChangeRefusal | null {
  if (terminal.storeId === storeId)
    return refusal("unchanged", `${terminal.serial} is in this store already.`)
  if (at <= terminal.storeFrom)
    return refusal(
      "too_early",
      `${terminal.serial} came to its store at ${time(terminal.storeFrom)}: choose a later time.`,
    )
  if (at < oldest)
    return refusal(
      "beyond_retention",
      `Records can be booked anew from ${time(oldest)} on: choose a later time.`,
    )
  return null
}

/**
 * Why the terminal cannot have the status from then on; null where it can. A retired terminal holds no TID,
 * so it loses its own.
 */
export function refuseStatus(
  terminal: CurrentAssignments,
  status: TerminalStatus,
  effect: Effect,
): ChangeRefusal | null {
  if (terminal.status === status) return refusal("unchanged", `${terminal.serial} is ${status} already.`)
  if (!canBecome(terminal.status, status))
    return refusal("not_possible", `${terminal.serial} is ${terminal.status}: it cannot become ${status}.`)
  if (effect.at <= terminal.statusFrom)
    return refusal(
      "too_early",
      `${terminal.serial} is ${terminal.status} since ${time(terminal.statusFrom)}: choose a later time.`,
    )
  return status === "retired" ? refuseLosingTids(terminal, effect) : null
}

/**
 * Why the terminal cannot lose its TIDs from then on; null where it can. Records that came after stay with
 * the terminal that they were booked to.
 */
export function refuseLosingTids(
  { serial, tids, newestAt }: CurrentAssignments,
  { at, isNow }: Effect,
): ChangeRefusal | null {
  const [late] = tids.filter(({ from }) => at <= from)
  if (late)
    return refusal(
      "too_early",
      `${serial} holds the TID ${late.tid} since ${time(late.from)}: choose a later time.`,
    )
  if (tids.length > 0 && !isNow && newestAt !== null && newestAt >= at) {
    return refusal(
      "has_records",
      `${serial} has records until ${time(newestAt)}, and they stay with it: choose a later time.`,
    )
  }
  return null
}

export function refuseEnrolment(terminal: CurrentAssignments): ChangeRefusal | null {
  return terminal.status === "pending"
    ? null
    : refusal("not_pending", `${terminal.serial} is ${terminal.status}, not pending.`)
}

/** Why the new terminal cannot take the place, TIDs and status of the old one; null where it can. */
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
    return refusal("not_possible", `${old.serial} is ${old.status}: there is nothing to take over.`)
  const [own] = replacement.tids
  if (own) return refusal("holds_tid", `${replacement.serial} holds the TID ${own.tid} itself: end it first.`)
  const restated = oldStatus === old.status ? null : refuseStatus(old, oldStatus, effect)
  const taken = replacement.status === old.status ? null : refuseStatus(replacement, old.status, effect)
  const moved = replacement.storeId === old.storeId ? null : refuseMove(replacement, old.storeId, effect)
  return refuseLosingTids(old, effect) ?? restated ?? taken ?? moved
}
