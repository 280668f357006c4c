import type { Terminal } from "@/lib/run/simulation/world/fleet"
import type { Run } from "@/lib/run/simulation/world/run"
import { isMobile } from "@/lib/run/simulation/world/trends"

// What healthy terminals of the demo say of themselves, which no fault of the simulator makes them say.

type Beat = Record<string, unknown>

const hourMs = 3_600_000
const says = [
  { forHours: 48, fields: { pinpadOk: false } },
  { forHours: 5, fields: { tamper: true, securityOk: false } },
  { forHours: 3, fields: { printerStatus: "no_paper" } },
  { forHours: 30 * 24, fields: { batteryHealthPct: 66 }, needs: isMobile },
]
const slowByMs = 12 * 60_000
const sendingMs = 2_000
const iso = (at: number) => new Date(at).toISOString()

export class DemoScript {
  readonly #startedAt: number
  readonly #saying: Map<string, (typeof says)[number]>
  /** Its clock becomes slow when the demo starts. */
  readonly #slow: string

  constructor({ fleet, troubles }: Run, startedAt: number) {
    const faulty = new Set([
      ...troubles.faults.map(({ terminal }) => terminal),
      ...troubles.badReleases.flatMap(({ installed }) => [...installed.keys()]),
    ])
    const healthy = fleet.terminals.filter(({ index }) => !faulty.has(index))
    const take = (needs: (terminal: Terminal) => boolean = () => true): string => {
      const [taken] = healthy.splice(healthy.findIndex(needs), 1)
      return taken?.serial ?? ""
    }
    this.#startedAt = startedAt
    this.#saying = new Map(says.map((one) => [take(one.needs), one]))
    this.#slow = take()
  }

  /** A heartbeat with what the script makes of it: nothing if it cannot be sent any more. */
  played(beat: Beat, { isLive }: { isLive: boolean }): Beat[] {
    const at = Date.parse(String(beat["at"]))
    const said = this.#saying.get(String(beat["terminal"]))
    if (said && at >= this.#startedAt - said.forHours * hourMs) return [{ ...beat, ...said.fields }]
    if (beat["terminal"] !== this.#slow || at < this.#startedAt) return [beat]
    // Without the time of sending, its clock would be believed.
    return isLive ? [{ ...beat, at: iso(at - slowByMs), sentAt: iso(at + sendingMs - slowByMs) }] : []
  }
}
