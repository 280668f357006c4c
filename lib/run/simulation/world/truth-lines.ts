import { anyHours, instantOf, midnight } from "@/lib/run/simulation/world/clock"
import { actionableFrom } from "@/lib/run/simulation/world/effects"
import { impactOf } from "@/lib/run/simulation/world/impact"
import type { Run } from "@/lib/run/simulation/world/run"
import { trendLines } from "@/lib/run/simulation/world/trends"

/** One line of `truth.ndjson`: what was wrong, with whom, and when. */
export type TruthLine = Record<string, string>

const dayMs = 24 * 3_600_000

/** Everything that went wrong in a run. Without an end it went on. */
export function truthLines(run: Run): TruthLine[] {
  const { fleet, troubles, parameters } = run
  const hoursOf = (store: number | null) => (store === null ? anyHours : (fleet.stores[store] ?? anyHours))
  const moment = (at: number, store: number | null) =>
    new Date(
      at % 1 === 0 ? midnight(parameters) + at * dayMs : instantOf(run, hoursOf(store), at),
    ).toISOString()
  const span = ({ from, to }: { from: number; to: number }, store: number | null = null): TruthLine => ({
    from: moment(from, store),
    ...(to < parameters.days ? { to: moment(to, store) } : {}),
  })
  const serialOf = (terminal: number) => fleet.terminals[terminal]?.serial ?? ""
  const codeOf = (store: number) => fleet.stores[store]?.code ?? ""
  return [
    ...troubles.faults.map((fault) => ({
      cls: fault.cls,
      terminal: serialOf(fault.terminal),
      kind: fault.cls === "dead" ? "replacement" : "maintenance",
      ...span(fault),
      actionableFrom: moment(actionableFrom(fault), null),
      impact: impactOf(run, fault),
    })),
    ...trendLines(run),
    ...troubles.badReleases.map((one) => ({
      cls: one.cls,
      model: one.model,
      release: `${one.component}:${one.version}`,
      kind: "update",
      ...span(one),
    })),
    ...troubles.stores.map((one) => ({ cls: one.cls, store: codeOf(one.store), ...span(one, one.store) })),
    ...troubles.untrained.map((one) => ({
      cls: one.cls,
      store: codeOf(one.store),
      operator: fleet.stores[one.store]?.operators[one.operator]?.id ?? "",
      ...span(one),
    })),
    ...troubles.issuers.map((one) => ({
      cls: one.cls,
      issuer: fleet.issuers[one.issuer]?.bin ?? "",
      ...span(one),
    })),
    ...troubles.cardTesting.map((one) => ({ cls: one.cls, terminal: serialOf(one.terminal), ...span(one) })),
    ...troubles.wide.map((one) => ({ cls: one.cls, [one.cls]: one.name, ...span(one) })),
  ]
}
