import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"
import { kinds, type Kind } from "@/lib/fleet/code-packs/kind"
import { runNight } from "@/lib/insight/engine/run-night"
import { emptyState, type EngineState } from "@/lib/insight/engine/state"
import type { Night } from "@/lib/insight/engine/terms/input"

const warmUp = 31
const measured = 3
const perStore = 4
const expected: Record<Kind, number> = {
  issuer: 2,
  user: 0.5,
  tech: 0.2,
  chip: 0.2,
  contactless: 0.2,
  magstripe: 0.05,
  keys: 0.01,
  pin: 0.15,
  expired: 0.1,
}

type Draw = (mean: number) => number

function poisson(seed: number): Draw {
  const random = xoroshiro128plus(seed)
  return (mean) => {
    const limit = Math.exp(-mean)
    let count = -1
    for (let product = 1; product > limit; count += 1) product *= (random.next() >>> 0) / 2 ** 32
    return count
  }
}

/** A night of such a fleet: stores of four with three operators, twenty models, a few broken readers. */
function nightOf(terminals: number, day: number, draw: Draw): Night {
  const all = Array.from({ length: terminals }, (_, i) => i)
  const count = (kind: Kind, share = 1, more = 0) => ({
    observed: draw(expected[kind] * share + more),
    expected: expected[kind] * share,
  })
  const isBroken = (i: number) => i % 500 === 7 && day > warmUp - 4
  return {
    day,
    terminals: all.map((i) => ({
      id: `T${i}`,
      store: `S${Math.floor(i / perStore)}`,
      model: `P${i % 20}`,
      releases: { firmware: `1.${i % 3}`, app: `5.${i % 2}` },
      acquirer: `A${i % 3}`,
      carrier: `C${Math.floor(i / perStore) % 3}`,
    })),
    sums: all.map((i) => ({
      terminal: `T${i}`,
      day,
      presentments: 50,
      kinds: Object.fromEntries(
        kinds.map((kind) => [kind, count(kind, 1, kind === "chip" && isBroken(i) ? 3 : 0)]),
      ),
      counters: {
        chipReads: { observed: draw(0.7), exposure: 16 },
        tapReads: { observed: draw(0.9), exposure: 31 },
        swipeReads: { observed: draw(0.2), exposure: 3 },
        crashes: { observed: 0, exposure: 1 },
      },
    })),
    operators: all.flatMap((i) =>
      [0, 1].map((slot) => ({
        terminal: `T${i}`,
        operator: String((i + slot + day) % 3),
        day,
        user: count("user", 0.5),
        chip: count("chip", 0.5),
        contactless: count("contactless", 0.5),
        magstripe: count("magstripe", 0.5),
      })),
    ),
    issuers: [],
    shares: [],
  }
}

function nightsOf(terminals: number): { seconds: number; flags: number; megabytes: number } {
  const draw = poisson(16)
  let state: EngineState = emptyState()
  let seconds = 0
  let flags = 0
  let megabytes = 0
  for (let day = 0; day < warmUp + measured; day += 1) {
    const night = nightOf(terminals, day, draw)
    const begun = performance.now()
    const result = runNight(state, night)
    if (day >= warmUp) seconds += (performance.now() - begun) / 1000 / measured
    flags += result.flagsOpened.length
    state = result.state
    megabytes = Math.max(megabytes, process.memoryUsage().rss / 2 ** 20)
  }
  return { seconds, flags, megabytes }
}

/** The engine's night, without reading and writing: seconds and memory at two sizes. */
export function benchEngine({ terminals, say }: { terminals: number; say: (text: string) => void }) {
  const small = Math.max(1000, Math.round(terminals / 10))
  say(`${warmUp + measured} nights of ${small} terminals`)
  const few = nightsOf(small)
  say(`${warmUp + measured} nights of ${terminals} terminals`)
  const many = nightsOf(terminals)
  const perTerminal = ({ seconds }: { seconds: number }, count: number) => (seconds / count) * 1e6
  return {
    [`engine: seconds a night, ${small} terminals`]: few.seconds,
    [`engine: seconds a night, ${terminals} terminals`]: many.seconds,
    "engine: microseconds a terminal": perTerminal(many, terminals),
    "engine: times as long per terminal as in the smaller fleet":
      perTerminal(many, terminals) / perTerminal(few, small),
    "engine: flags opened in all nights": many.flags,
    "engine: most memory of the process, MiB": many.megabytes,
  }
}
