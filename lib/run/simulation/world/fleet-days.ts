import { noTotals, totalsAfter, type BeatingDay } from "@/lib/run/simulation/world/beats"
import { EffectsOfDay } from "@/lib/run/simulation/world/effects"
import { placedOn } from "@/lib/run/simulation/world/fleet"
import { countedOn } from "@/lib/run/simulation/world/reads"
import { terminalDays, type Run } from "@/lib/run/simulation/world/run"
import type { TerminalDay } from "@/lib/run/simulation/world/sales"

/** A day of the whole fleet: the sales of terminals that were open, and what all need for heartbeats. */
export type FleetDay = { day: number; sold: TerminalDay[]; beating: BeatingDay[] }

/** All days of a run, one after the other. */
export function* fleetDays(run: Run): Generator<FleetDay, void> {
  const effects = new EffectsOfDay(run.seed, run.troubles)
  let totals = run.fleet.terminals.map(noTotals)
  let day = 0
  let sold: TerminalDay[] = []
  const end = (): FleetDay => {
    effects.begin(day)
    const beating = beatingOn(run, { day, sold, effects, totals })
    totals = beating.map(totalsAfter)
    const ended = { day, sold, beating }
    day += 1
    sold = []
    return ended
  }
  for (const made of terminalDays(run)) {
    while (day < made.day) yield end()
    sold.push(made)
  }
  while (day < run.parameters.days) yield end()
}

type Ending = Pick<FleetDay, "day" | "sold"> & { effects: EffectsOfDay; totals: BeatingDay["totals"][] }

function beatingOn(run: Run, { day, sold, effects, totals }: Ending): BeatingDay[] {
  const soldBy = new Map(sold.map((made) => [made.terminal.index, made]))
  return run.fleet.terminals.map((one) => {
    const terminal = placedOn(one, day)
    const made = soldBy.get(terminal.index)
    return {
      terminal,
      day,
      effects: made?.effects ?? effects.of(terminal, terminal.store),
      counted: made ? countedOn(run, made) : null,
      sales: made?.sales.length ?? 0,
      totals: totals[terminal.index] ?? noTotals(),
    }
  })
}
