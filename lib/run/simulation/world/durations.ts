import { Random } from "@/lib/run/simulation/random"
import { lognormal } from "@/lib/run/simulation/world/draws"
import type { Run } from "@/lib/run/simulation/world/run"
import type { TerminalDay } from "@/lib/run/simulation/world/sales"

const usualMs = 1_300
/** Contactless, chip, swipe, manual: how much longer each takes. */
const byEntry = [1, 1.9, 1.5, 2.6]
const sigmas = { store: 0.15, terminal: 0.1, sale: 0.35 }
/** On a bad line, those that get through take longer. */
const ofBadLine = 1.8

/** How many times as long sales take that a fault slows down. */
const slowness = ({ effects: { fault }, day }: TerminalDay): number =>
  fault?.cls === "slow" && fault.from < day + 1 ? 1.6 + 1.4 * fault.size : 1

/** How long each sale of a terminal's day took, in milliseconds, in the order of the sales. */
export function durationsOf({ seed }: Run, made: TerminalDay): number[] {
  const { terminal, day, effects, sales } = made
  const own =
    lognormal(new Random(seed, "store pace", terminal.store.index), sigmas.store) *
    lognormal(new Random(seed, "pace", terminal.index), sigmas.terminal)
  const random = new Random(seed, "durations", terminal.index, day)
  const usual = usualMs * own * slowness(made)
  return sales.map(({ entry, place }) => {
    const isBad = effects.lines.some(({ from, to }) => day + place >= from && day + place < to)
    const line = isBad ? ofBadLine : 1
    return Math.round(usual * line * (byEntry[entry] ?? 1) * lognormal(random, sigmas.sale))
  })
}
