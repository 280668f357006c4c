import type { Alarm } from "@/lib/insight/engine/alarms"
import type { Facts } from "@/lib/run/evaluation/score-flags"
import type { Run } from "@/lib/run/simulation/world/run"

export type Children = { alarms: number; underOne: number }

/** Terminals that ring on a day when a trouble that is not their own reaches them, and those told so. */
export class ChildAlarms {
  readonly #run: Run
  readonly #healthy: ReadonlySet<number>
  readonly #index: Map<string, number>
  readonly count: Children = { alarms: 0, underOne: 0 }

  constructor(run: Run, { healthy }: Facts) {
    this.#run = run
    this.#healthy = healthy
    this.#index = new Map(run.fleet.terminals.map(({ serial, index }) => [serial, index]))
  }

  add(day: number, alarms: readonly Alarm[]): void {
    if (day < this.#run.parameters.burnIn) return
    for (const { terminal, incident, isFlagged } of alarms) {
      const index = this.#index.get(terminal)
      if (index === undefined || !this.#healthy.has(index) || !this.#isReached(index, day)) continue
      this.count.alarms += 1
      if (incident !== null && !isFlagged) this.count.underOne += 1
    }
  }

  #isReached(index: number, day: number): boolean {
    const { fleet, troubles } = this.#run
    const terminal = fleet.terminals[index]
    const isNow = ({ from, to }: { from: number; to: number }) => from < day + 1 && to > day
    return (
      troubles.issuers.some(isNow) ||
      troubles.stores.some((one) => isNow(one) && one.store === terminal?.store.index) ||
      troubles.untrained.some((one) => isNow(one) && one.store === terminal?.store.index) ||
      troubles.wide.some(
        (one) => isNow(one) && (one.name === terminal?.acquirer || one.name === terminal?.carrier),
      )
    )
  }
}
