import type { Day } from "@/lib/base/time/zone"
import { isOutage } from "@/lib/insight/engine/factors/issuer"
import { findOutages } from "@/lib/insight/engine/incidents/outages"
import type { ReferenceCell } from "@/lib/insight/engine/reference"
import type { Night, TerminalFacts } from "@/lib/insight/engine/terms/input"
import {
  cellsOf,
  issuersOf,
  sharesIn,
  timedSales,
  withSlow,
  type NightSales,
  type TimedSales,
} from "@/lib/insight/night-sums/night-sales"
import { dayNumber, nightSums } from "@/lib/insight/night-sums/night-sums"
import { keepSpeeds } from "@/lib/rollups/speeds/keep-speeds"

type Input = {
  night: Night
  /** What the night teaches of how often sales fail, without these terminals. */
  cellsWithout: (isLeftOut: (terminal: string) => boolean) => ReferenceCell[]
}

type Asked = { orgId: string; day: Day; terminals: readonly TerminalFacts[] }

/** What the engine takes in of a day, and of what came in late of the days before. */
export async function nightInput({ orgId, day, terminals }: Asked): Promise<Input> {
  const { slow, ...sales } = await soldOn({ orgId, day })
  giveAcquirers(sales, terminals)
  const issuers = issuersOf(sales)
  const { troubled, issuers: outages } = findOutages(issuers)
  const shares = await sharesIn(sales, { orgId, troubled, isOutage: outages.some(isOutage) })
  const { sums, operators } = await nightSums({ orgId, night: day })
  return {
    night: {
      day: dayNumber(day),
      terminals: factsWithAcquirers(terminals, sales),
      sums: withSlow(sums, { day, slow }),
      operators,
      issuers,
      shares,
    },
    cellsWithout: (isLeftOut) => cellsOf(sales, isLeftOut),
  }
}

/** A day's sales. Keeps how long they took, which is out of memory when this ends. */
async function soldOn(one: { orgId: string; day: Day }): Promise<Omit<TimedSales, "speeds">> {
  const { speeds, ...sales } = await timedSales(one)
  await keepSpeeds({ ...one, speeds })
  return sales
}

/**
 * Gives sales that name no acquirer that of their terminal's TID. In place: a large fleet has half a million
 * cells.
 */
export function giveAcquirers(
  { cells }: NightSales,
  terminals: readonly Pick<TerminalFacts, "id" | "acquirer">[],
): void {
  const acquirers = new Map(terminals.map(({ id, acquirer }) => [id, acquirer]))
  for (const cell of cells) cell.acquirer ||= acquirers.get(String(cell.terminal_id)) ?? ""
}

/** Gives terminals whose TID names no acquirer that of their sales. */
function factsWithAcquirers(terminals: readonly TerminalFacts[], { cells }: NightSales): TerminalFacts[] {
  const acquirers = new Map(cells.map(({ terminal_id: id, acquirer }) => [String(id), acquirer]))
  return terminals.map((facts) => {
    const acquirer = acquirers.get(facts.id)
    return facts.acquirer || !acquirer ? facts : { ...facts, acquirer }
  })
}
