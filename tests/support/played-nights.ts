import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"
import type { Kind } from "@/lib/fleet/code-packs/kind"
import { runNight, type NightOptions, type NightResult } from "@/lib/insight/engine/run-night"
import { emptyState, type EngineState } from "@/lib/insight/engine/state"
import type { Night, TerminalFacts, TerminalSums } from "@/lib/insight/engine/terms/input"
import { discoveryRates } from "@/lib/insight/engine/terms/settings"

const expected: Record<Kind, number> = {
  issuer: 4,
  user: 1,
  tech: 0.4,
  chip: 0.4,
  contactless: 0.4,
  magstripe: 0.1,
  keys: 0.02,
  pin: 0.3,
  expired: 0.2,
}
const kinds = Object.keys(expected).filter((name): name is Kind => name in expected)

export type Extra = (terminal: number, kind: Kind, day: number) => number
export type Story = {
  terminals: number
  perStore: number
  extra: Extra
  facts?: (i: number, day: number) => Partial<TerminalFacts>
  /** Errors that the chip readers count beyond the usual ones. */
  chipErrors?: (terminal: number, day: number) => number
  /** Slow sales beyond the usual ones. */
  slowSales?: (terminal: number, day: number) => number
  /** Crashes of the app beyond the usual ones. */
  crashes?: (terminal: number, day: number) => number
  /** Whether a terminal is in service. */
  isThere?: (terminal: number, day: number) => boolean
}

/** A chance count with this mean. */
export function counter(seed: number) {
  const random = xoroshiro128plus(seed)
  return (mean: number) => {
    const limit = Math.exp(-mean)
    let count = -1
    for (let product = 1; product > limit; count += 1) product *= (random.next() >>> 0) / 2 ** 32
    return count
  }
}

type Counts = TerminalSums["kinds"]
const none = { observed: 0, expected: 0 }

/** Failures of keys are failures of tech, too. */
const withKeysInTech = ({ tech = none, keys = none, ...others }: Counts): Counts => ({
  ...others,
  keys,
  tech: { observed: tech.observed + keys.observed, expected: tech.expected + keys.expected },
})

/** What arrives on a day of a story. */
export function nightOf(
  { terminals, perStore, extra, facts, chipErrors, slowSales, crashes, isThere }: Story,
  day: number,
  draw: (mean: number) => number,
): Night {
  const all = Array.from({ length: terminals }, (_, i) => i).filter((i) => isThere?.(i, day) ?? true)
  const store = (i: number) => `S${Math.floor(i / perStore)}`
  return {
    day,
    terminals: all.map((i) => ({
      id: `T${i}`,
      store: store(i),
      model: "P1",
      releases: { firmware: "1.0" },
      acquirer: "A",
      carrier: "C",
      ...facts?.(i, day),
    })),
    sums: all.map((i) => ({
      terminal: `T${i}`,
      day,
      presentments: 100,
      kinds: withKeysInTech(
        Object.fromEntries(
          kinds.map((kind) => [
            kind,
            { observed: draw(expected[kind] + extra(i, kind, day)), expected: expected[kind] },
          ]),
        ),
      ),
      counters: {
        ...(chipErrors ? { chipReads: { observed: draw(1) + chipErrors(i, day), exposure: 25 } } : {}),
        ...(crashes ? { crashes: { observed: draw(0.1) + crashes(i, day), exposure: 24 } } : {}),
        ...(slowSales ? { slowSales: { observed: draw(5 + slowSales(i, day)), exposure: 100 } } : {}),
      },
    })),
    operators: [],
    issuers: [],
    shares: [],
  }
}

type Playing = NightOptions & {
  /** What happens to the state between nights. */
  between?: (state: EngineState) => EngineState
}

/** Plays a story night by night through the engine. */
export function played(
  story: Story,
  days: number,
  seed = 1,
  { between = (state) => state, ...options }: Playing = {},
) {
  const draw = counter(seed)
  const results: NightResult[] = []
  let state = emptyState()
  for (let day = 0; day < days; day += 1) {
    const result = runNight(between(state), nightOf(story, day, draw), options)
    state = result.state
    results.push(result)
  }
  return {
    flags: results.flatMap(({ flagsOpened }) => flagsOpened),
    closed: results.flatMap(({ flagsClosed }) => flagsClosed),
    incidents: results.flatMap(({ incidentsOpened }) => incidentsOpened.map(({ subject }) => subject)),
    /** What each discovery rate would have opened, over all nights. */
    rehearsed: discoveryRates.map((_, step) => results.flatMap(({ rehearsed }) => rehearsed[step] ?? [])),
    state,
  }
}

export const healthy: Extra = () => 0
