import type { Subject } from "@/lib/insight/engine/incidents/incident"
import type { Component } from "@/lib/insight/engine/terms/signals"
import type { Played } from "@/lib/run/evaluation/play"
import type { Class, Span, Who } from "@/lib/run/evaluation/score-classes"
import { isScorable, type Facts } from "@/lib/run/evaluation/score-flags"
import type { Run } from "@/lib/run/simulation/world/run"

/** Which class a flag of a component tells of; other components are in no class. */
export const classOfComponent: Partial<Record<Component, Class>> = {
  communication: "comms",
  chip: "reader",
  contactless: "reader",
  magstripe: "reader",
}

/** What a simulated run's flags and incidents said. */
export function saidSpans({ parameters }: Run, { flags, incidents }: Played): Span[] {
  const since = ({ openedOn }: { openedOn: number }) => openedOn >= parameters.burnIn
  const span = (
    cls: string,
    who: Who,
    { openedOn, closedOn }: { openedOn: number; closedOn: number | null },
  ) => ({
    cls,
    who,
    from: openedOn,
    to: closedOn ?? parameters.days,
    isCounted: true,
  })
  return [
    ...flags.filter(since).flatMap((one) => {
      const cls = classOfComponent[one.of.component]
      return cls ? span(cls, { terminal: one.of.terminal }, one) : []
    }),
    ...incidents.filter(since).map((one) => span(one.of.subject.cls, whoIs(one.of.subject), one)),
  ]
}

function whoIs({ cls: _cls, ...who }: Subject): Who {
  return who
}

/** What was really wrong in a simulated run. */
export function trueSpans({ fleet, troubles, parameters }: Run, facts: Facts): Span[] {
  const span = (cls: string, who: Who, { from, to }: { from: number; to: number }): Span => ({
    cls,
    who,
    from,
    to,
    isCounted: from >= parameters.burnIn,
  })
  const serialOf = (terminal: number) => fleet.terminals[terminal]?.serial ?? ""
  const codeOf = (store: number) => fleet.stores[store]?.code ?? ""
  return [
    ...facts.faults
      .filter(({ cls }) => cls === "reader" || cls === "comms")
      .map((fault) => ({
        ...span(fault.cls, { terminal: serialOf(fault.terminal) }, fault),
        isCounted: isScorable(facts, fault),
      })),
    ...troubles.badReleases
      .filter(({ installed }) => installed.size > 0)
      .map((one) => span("firmware", { model: one.model, release: `firmware:${one.version}` }, one)),
    ...troubles.stores.map((one) => span("store network", { store: codeOf(one.store) }, one)),
    ...troubles.untrained.map((one) =>
      span(
        "operator",
        { store: codeOf(one.store), operator: fleet.stores[one.store]?.operators[one.operator]?.id ?? "" },
        one,
      ),
    ),
    ...troubles.issuers.map((one) => span("issuer", { issuer: fleet.issuers[one.issuer]?.bin ?? "" }, one)),
    ...troubles.cardTesting.map((one) => span("card-testing", { terminal: serialOf(one.terminal) }, one)),
  ]
}
