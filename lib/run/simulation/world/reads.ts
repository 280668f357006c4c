import { Random } from "@/lib/run/simulation/random"
import type { Counted } from "@/lib/run/simulation/world/cells"
import { lognormal, poisson } from "@/lib/run/simulation/world/draws"
import type { Run } from "@/lib/run/simulation/world/run"
import type { TerminalDay } from "@/lib/run/simulation/world/sales"

const quietCrashes = 0.02
const quietNetworkErrors = 1.5

export function countedOn(
  { parameters, seed }: Run,
  { terminal, day, effects, sales }: TerminalDay,
): Counted {
  const random = new Random(seed, "counters", terminal.index, day)
  const { ofTerminal, ofOthers, overdispersion } = parameters.counters
  const reads = [0, 0, 0]
  for (const { entry } of sales) if (entry < 3) reads[entry] = (reads[entry] ?? 0) + 1
  const errors = reads.map((count, k) => {
    const own =
      (ofTerminal[k] ?? 0) * (terminal.reads[k] ?? 1) * (effects.reads[k] ?? 1) * (effects.release[k] ?? 1)
    return Math.min(
      count * 3,
      poisson(random, count * (own + (ofOthers[k] ?? 0)) * lognormal(random, overdispersion)),
    )
  })
  const { fault } = effects
  return {
    reads,
    errors,
    crashes: poisson(random, fault?.cls === "crashes" ? 2 + 6 * fault.size : quietCrashes),
    networkErrors: poisson(random, quietNetworkErrors + sales.length * 2 * effects.communication),
  }
}
