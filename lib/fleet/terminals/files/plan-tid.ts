import { tidKey, type Known, type KnownTerminal } from "@/lib/fleet/terminals/files/known"
import { Refused } from "@/lib/fleet/terminals/files/row-error"
import { canBecome } from "@/lib/fleet/terminals/life/life"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"

/**
 * Plans the row's status, and the TIDs that the terminal loses by retiring. Files follow the same rules as
 * people.
 */
export function planStatus(
  { status, tid }: TerminalEntry,
  terminal: KnownTerminal | undefined,
): KnownTerminal["tids"] {
  const before = terminal?.status ?? null
  const after = status ?? before
  if (before !== null && after !== null && after !== before && !canBecome(before, after)) {
    throw new Refused("not_possible", "status", `the terminal is ${before} and cannot become ${after}`, {
      value: after,
      other: before,
    })
  }
  if (after !== "retired") return []
  if (tid !== undefined)
    throw new Refused("retired_tid", "tid", "a retired terminal has no TID: leave it blank", { value: tid })
  return before === "retired" ? [] : (terminal?.tids ?? [])
}

export type PlannedTid = {
  tid: string
  acquirer: string | null
  key: string
  isHeld: boolean
  before: string | null
  released: string[]
}

/**
 * The keys that no other terminal may hold with this TID: at the same acquirer, or if one of the two has no
 * acquirer, because records may name a TID without its acquirer.
 */
function clashing(known: Known, acquirer: string | null, tid: string): string[] {
  const acquirers = acquirer === null ? [null, ...new Set(known.acquirers.values())] : [acquirer, null]
  return acquirers.map((one) => tidKey(one, tid))
}

/**
 * Plans the row's TID. Without an acquirer, it belongs to the terminal's only acquirer. A file cannot take
 * a TID from another terminal.
 */
export function planTid(
  { serial, tid, acquirer: named }: TerminalEntry,
  terminal: KnownTerminal | undefined,
  known: Known,
  makesMissing: boolean,
): PlannedTid | null {
  if (named !== undefined && !known.acquirers.has(named)) {
    if (!makesMissing) throw new Refused("unknown_acquirer", "acquirer", "unknown acquirer", { value: named })
    known.acquirers.set(named, named)
  }
  if (tid === undefined) return null
  const current = terminal?.tids ?? []
  const acquirer =
    named === undefined
      ? current.length === 1
        ? (current[0]?.acquirer ?? null)
        : null
      : (known.acquirers.get(named) ?? named)
  const key = tidKey(acquirer, tid)
  const keys = clashing(known, acquirer, tid)
  const earlier = keys.map((one) => known.tidLines.get(one)).find((one) => one && one.serial !== serial)
  if (earlier)
    throw new Refused("tid_twice", "tid", `line ${earlier.line} of the file has the same TID`, {
      value: tid,
      other: earlier.line,
    })
  const holders = keys.map((one) => known.holders.get(one))
  const holder = holders.find((one) => one !== undefined && one !== serial)
  if (holder !== undefined)
    throw new Refused(
      "tid_taken",
      "tid",
      `terminal ${holder} has this TID: swap the terminals or use another TID`,
      { value: tid, other: holder },
    )
  const replaced = current.filter(
    (one) => (one.acquirer === acquirer || one.acquirer === null) && tidKey(one.acquirer, one.tid) !== key,
  )
  return {
    tid,
    acquirer,
    key,
    isHeld: known.holders.get(key) === serial,
    before: replaced[0]?.tid ?? null,
    released: replaced.map((one) => tidKey(one.acquirer, one.tid)),
  }
}

export function recordTid(known: Known, serial: string, { key, released }: PlannedTid): void {
  releaseTids(known, released)
  known.holders.set(key, serial)
}

export function releaseTids(known: Known, keys: string[]): void {
  for (const key of keys) known.holders.delete(key)
  for (const key of keys) known.released.add(key)
}
