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

/**
 * How many evaluations in a row must find the condition to open a flag, and must not find it to close one.
 */
const runsToOpen = 2
const runsToClose = 3

export const keyOf = ({ rule, subject }: { rule: RuleName; subject: string }) => `${rule} ${subject}`

type Flagged = Pick<LiveFlag, "rule" | "kind" | "subject">

/** With its kind: what was found at a failed self-check does not quiet tampering. */
export const quietKeyOf = (flag: Flagged) => `${flag.kind} ${keyOf(flag)}`

/**
 * Returns the flags that change of the terminals that were looked at. A finding opens one flag and keeps it
 * open. The flag closes when its condition is gone for several evaluations. `notRecovered` holds the keys of
 * flags whose condition is gone but whose terminal has not recovered, such as one with a single heartbeat.
 * Evaluating the same instant again changes nothing.
 */
export function advance({
  live,
  findings,
  notRecovered,
  now,
}: {
  live: LiveFlag[]
  findings: Finding[]
  notRecovered: ReadonlySet<string>
  now: number
}): LiveFlag[] {
  const found = new Map(findings.map((finding) => [keyOf(finding), finding]))
  const changed: LiveFlag[] = []
  for (const flag of live) {
    const finding = found.get(keyOf(flag))
    found.delete(keyOf(flag))
    if (flag.evaluatedAt < now)
      changed.push(
        finding ? confirmed(flag, finding, now) : cleared(flag, notRecovered.has(keyOf(flag)), now),
      )
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

/** During maintenance a candidate is dropped, and a flag that was clearing begins anew. */
export function paused(flag: LiveFlag, now: number): LiveFlag[] {
  if (flag.status === "candidate") return [{ ...flag, status: "closed", closedAt: now, evaluatedAt: now }]
  return flag.clearRuns > 0 ? [{ ...flag, clearRuns: 0, evaluatedAt: now }] : []
}

function confirmed(flag: LiveFlag, { kind, storeId, reasons, dueAt }: Finding, now: number): LiveFlag {
  const holdRuns = flag.holdRuns + 1
  const opens = flag.status === "candidate" && holdRuns >= runsToOpen
  return {
    ...flag,
    kind,
    storeId,
    reasons,
    // A due date may have moved. Without one, the first observation stays.
    sinceAt: dueAt ?? flag.sinceAt,
    holdRuns,
    clearRuns: 0,
    evaluatedAt: now,
    ...(opens ? { status: "open" as const, openedAt: now } : {}),
  }
}

function cleared(flag: LiveFlag, hasNotRecovered: boolean, now: number): LiveFlag {
  const clearRuns = hasNotRecovered ? 0 : flag.clearRuns + 1
  const closes = flag.status === "candidate" || clearRuns >= runsToClose
  return {
    ...flag,
    clearRuns,
    evaluatedAt: now,
    ...(closes ? { status: "closed" as const, closedAt: now } : {}),
  }
}
