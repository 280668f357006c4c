import { upperTail } from "@/lib/base/statistics/negative-binomial"
import type { Board } from "@/lib/insight/engine/board"
import type { Flag } from "@/lib/insight/engine/flag"
import { keyOf, type Incident } from "@/lib/insight/engine/incidents/incident"
import { indexOf, signalCount } from "@/lib/insight/engine/terms/signals"

const kinds = ["tech", "chip", "contactless", "magstripe"] as const

/** One terminal's bad night: what a monitor without incidents would ring for. */
export type Alarm = {
  terminal: string
  kind: (typeof kinds)[number]
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
  incidents: ReadonlyMap<string, Incident>,
  flags: ReadonlyMap<string, Flag>,
): Alarm[] {
  const flagged = new Set([...flags.values()].map(({ terminal }) => terminal))
  const open = [...incidents.values()]
  const buyers = new Set(board.night.shares.map(({ terminal, issuer }) => `${terminal}/${issuer}`))
  const alarms: Alarm[] = []
  for (let i = 0; i < board.terminals; i += 1)
    for (const kind of kinds) {
      const at = i * signalCount + indexOf(kind)
      const [observed, expected] = [board.seen[at] ?? 0, board.plain[at] ?? 0]
      if (observed - expected < leastExcess) continue
      const { terminals, days } = board.state.nulls
      const s = indexOf(kind)
      if (upperTail(observed, expected, 1 / ((terminals[s] ?? 1) + (days[s] ?? 1))) >= rare) continue
      const terminal = board.night.terminals[i]?.id ?? ""
      alarms.push({
        terminal,
        kind,
        observed,
        expected,
        incident: incidentOf(board, { i, kind }, open, buyers),
        isFlagged: flagged.has(terminal),
      })
    }
  return alarms
}

/**
 * The narrowest open incident that reaches the terminal and this kind of failure. `buyers` are the terminals
 * with sales of each troubled issuer.
 */
function incidentOf(
  board: Board,
  { i, kind }: { i: number; kind: Alarm["kind"] },
  open: readonly Incident[],
  buyers: ReadonlySet<string>,
): string | null {
  const facts = board.night.terminals[i]
  if (!facts) return null
  const classes =
    kind === "tech"
      ? (["card-testing", "store network", "acquirer", "carrier", "issuer", "firmware"] as const)
      : (["card-testing", "operator", "firmware"] as const)
  const reaches = ({ subject }: Incident): boolean => {
    switch (subject.cls) {
      case "card-testing":
        return subject.terminal === facts.id
      case "store network":
      case "operator":
        return subject.store === facts.store
      case "acquirer":
        return subject.acquirer === facts.acquirer
      case "carrier":
        return subject.carrier === facts.carrier
      case "firmware":
        return subject.model === facts.model && isRunning(facts.releases, subject.release)
      case "issuer":
        return buyers.has(`${facts.id}/${subject.issuer}`)
    }
  }
  for (const cls of classes) {
    const found = open.find((one) => one.subject.cls === cls && reaches(one))
    if (found) return keyOf(found.subject)
  }
  return null
}

const isRunning = (releases: Readonly<Record<string, string>>, release: string) =>
  Object.entries(releases).some(([component, version]) => `${component}:${version}` === release)
