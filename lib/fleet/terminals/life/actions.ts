import { nextStatuses } from "@/lib/fleet/terminals/life/life"
import type { TerminalStatus } from "@/lib/fleet/terminals/words"

/** What a person can do to terminals. A status as an action means changing to it. */
export const actions = [
  "enrol",
  "swap",
  "move",
  "tid",
  "endTid",
  "active",
  "spare",
  "in_repair",
  "retired",
  "edit",
  "purchase",
  "labels",
] as const
export type Action = (typeof actions)[number]

export const isStatusAction = (action: Action): action is Exclude<TerminalStatus, "pending"> =>
  ["active", "spare", "in_repair", "retired"].includes(action)

/** An action that is named by the fields it changes. */
export const isOfFields = (action: Action): boolean => action === "edit" || action === "purchase"

/** The actions that one terminal allows now. */
export function actionsOn({ status, tids }: { status: TerminalStatus; tids: readonly unknown[] }): Action[] {
  const isAtWork = status !== "pending" && status !== "retired"
  return [
    ...(status === "pending" ? ["enrol" as const] : []),
    ...(isAtWork ? ["swap" as const] : []),
    "move",
    ...(status === "retired" ? [] : ["tid" as const]),
    ...(tids.length > 0 ? ["endTid" as const] : []),
    ...(status === "pending" ? ["retired" as const] : nextStatuses[status]),
    "edit",
    "purchase",
  ]
}

/** The actions that many terminals allow at once. */
export const bulkActions = [
  "enrol",
  "move",
  "active",
  "spare",
  "in_repair",
  "retired",
  "labels",
  "purchase",
] as const satisfies readonly Action[]
