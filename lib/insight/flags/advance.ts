import type { Finding } from "@/lib/insight/flags/rules"
import type { Reason } from "@/lib/insight/flags/schemas"
import type { FlagKind, RuleName } from "@/lib/insight/flags/words"

/** A flag that is not closed, as stored. Instants are milliseconds since 1970. */
export type LiveFlag = {
  id: number | null
  rule: RuleName
  kind: FlagKind
  subject: string
  terminalId: number | null
  storeId: number | null
  status: "candidate" | "open" | "closed"
  sinceAt: number
  openedAt: number | null
  closedAt: number | null
  evaluatedAt: number
  reasons: Reason[]
  holdRuns: number
  clearRuns: number
}

/** Evaluations in a row before a flag opens, and without its condition before it closes. */
const runsToOpen = 2
const runsToClose = 3

const keyOf = ({ rule, subject }: { rule: RuleName; subject: string }) => `${rule} ${subject}`

/**
 * The next state of an organisation's flags: a finding opens one flag and keeps it open; it closes by itself
 * when the condition has been gone for a while. `stillOut` are subjects whose condition is gone but that are
 * not back for good, such as a terminal with a single beat. Evaluating the same instant again changes
 * nothing.
 */
export function advance({
  live,
  findings,
  stillOut,
  now,
}: {
  live: LiveFlag[]
  findings: Finding[]
  stillOut: ReadonlySet<string>
  now: number
}): LiveFlag[] {
  const found = new Map(findings.map((finding) => [keyOf(finding), finding]))
  const changed: LiveFlag[] = []
  for (const flag of live) {
    const finding = found.get(keyOf(flag))
    found.delete(keyOf(flag))
    if (flag.evaluatedAt < now)
      changed.push(finding ? held(flag, finding, now) : cleared(flag, stillOut.has(keyOf(flag)), now))
  }
  for (const finding of found.values()) {
    const { observedAt, dueAt, ...found } = finding
    changed.push({
      ...found,
      id: null,
      status: "candidate",
      sinceAt: dueAt ?? observedAt,
      openedAt: null,
      closedAt: null,
      evaluatedAt: now,
      holdRuns: 1,
      clearRuns: 0,
    })
  }
  return changed
}

function held(flag: LiveFlag, { kind, storeId, reasons, dueAt }: Finding, now: number): LiveFlag {
  const holdRuns = flag.holdRuns + 1
  const opens = flag.status === "candidate" && holdRuns >= runsToOpen
  return {
    ...flag,
    kind,
    storeId,
    reasons,
    // A day that was set may be another one now; what was observed first stays the first.
    sinceAt: dueAt ?? flag.sinceAt,
    holdRuns,
    clearRuns: 0,
    evaluatedAt: now,
    ...(opens ? { status: "open" as const, openedAt: now } : {}),
  }
}

function cleared(flag: LiveFlag, isStillOut: boolean, now: number): LiveFlag {
  const clearRuns = isStillOut ? 0 : flag.clearRuns + 1
  const closes = flag.status === "candidate" || clearRuns >= runsToClose
  return {
    ...flag,
    clearRuns,
    evaluatedAt: now,
    ...(closes ? { status: "closed" as const, closedAt: now } : {}),
  }
}
