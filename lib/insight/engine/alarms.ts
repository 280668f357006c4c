import { groupBy } from "@/lib/base/group-by"
import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { Board } from "@/lib/insight/engine/board"
import type { Flag } from "@/lib/insight/engine/flag"
import { keyOf, type Subject, type Trouble } from "@/lib/insight/engine/incidents/incident"
import type { Count, TerminalFacts } from "@/lib/insight/engine/terms/input"
import { alarmKinds, indexOf } from "@/lib/insight/engine/terms/signals"

/** One terminal's bad night: what a monitor without incidents would ring for. */
export type Alarm = {
  terminal: string
  kind: (typeof alarmKinds)[number]
  observed: number
  expected: number
  /** The incident that it belongs to, or null. */
  incident: string | null
  /** Whether the terminal itself has a flag. */
  isFlagged: boolean
}

const rare = 1e-6
const leastExcess = 3

/** Bad nights by the reference alone, each under the incident that explains it. */
export function alarmsOf(
  board: Board,
  incidents: ReadonlyMap<string, Trouble>,
  flags: ReadonlyMap<string, Flag>,
): Alarm[] {
  const flagged = new Set([...flags.values()].map(({ terminal }) => terminal))
  const open = reachOf([...incidents.values()])
  const buyers = new Set(board.night.shares.map(({ terminal, issuer }) => `${terminal}/${issuer}`))
  const alarms: Alarm[] = []
  for (let i = 0; i < board.terminals; i += 1)
    for (const [k, kind] of alarmKinds.entries()) {
      const at = i * alarmKinds.length + k
      const counted = { observed: board.seen[at] ?? 0, expected: board.plain[at] ?? 0 }
      const { terminals, days } = board.state.nulls
      const s = indexOf(kind)
      const facts = board.night.terminals[i]
      if (!facts || !isAlarm(counted, { terminals: terminals[s] ?? 1, days: days[s] ?? 1 })) continue
      alarms.push({
        terminal: facts.id,
        kind,
        ...counted,
        incident: incidentOf({ ...facts, terminal: facts.id }, kind, { open, buyers }),
        isFlagged: flagged.has(facts.id),
      })
    }
  return alarms
}

/** Whether so many failures in a day are rare. */
export const isAlarm = (
  { observed, expected }: Count,
  { terminals, days }: { terminals: number; days: number },
): boolean =>
  observed - expected >= leastExcess && upperTail(observed, expected, 1 / (terminals + days)) < rare

type Reached = Pick<TerminalFacts, "store" | "acquirer" | "carrier"> &
  Partial<Pick<TerminalFacts, "model" | "releases">> & { terminal: string }
type Explaining = {
  open: Reach
  /** Terminals with sales of each troubled issuer. */
  buyers: ReadonlySet<string>
}

/** Incidents by class and place, because a bad night of a large fleet has thousands of both. */
type Reach = ReadonlyMap<string, readonly Trouble[]>

export const reachOf = (open: readonly Trouble[]): Reach =>
  groupBy(open, ({ subject }) => `${subject.cls} ${placeOf(subject)}`)

/** The place of an incident that one terminal, store, acquirer or carrier has. */
function placeOf(subject: Subject): string {
  switch (subject.cls) {
    case "card-testing":
      return subject.terminal
    case "store network":
    case "operator":
      return subject.store
    case "acquirer":
      return subject.acquirer
    case "carrier":
      return subject.carrier
    case "firmware":
    case "issuer":
      return ""
  }
}

/** The narrowest open incident that reaches the terminal and this kind of failure. */
export function incidentOf(
  { terminal, store, acquirer, carrier, model, releases = {} }: Reached,
  kind: Alarm["kind"],
  { open, buyers }: Explaining,
): string | null {
  const classes =
    kind === "tech"
      ? (["card-testing", "store network", "acquirer", "carrier", "issuer", "firmware"] as const)
      : (["card-testing", "operator", "firmware"] as const)
  const places: Record<Subject["cls"], string> = {
    "card-testing": terminal,
    "store network": store,
    operator: store,
    acquirer,
    carrier,
    issuer: "",
    firmware: "",
  }
  const reaches = ({ subject }: Trouble): boolean => {
    if (subject.cls === "firmware") return subject.model === model && isRunning(releases, subject.release)
    return subject.cls !== "issuer" || buyers.has(`${terminal}/${subject.issuer}`)
  }
  for (const cls of classes) {
    const found = open.get(`${cls} ${places[cls]}`)?.find(reaches)
    if (found) return keyOf(found.subject)
  }
  return null
}

const isRunning = (releases: Readonly<Record<string, string>>, release: string) =>
  Object.entries(releases).some(([component, version]) => `${component}:${version}` === release)
