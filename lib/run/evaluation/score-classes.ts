import type { Subject } from "@/lib/insight/engine/incidents/incident"
import type { Component } from "@/lib/insight/engine/terms/signals"
import type { Played } from "@/lib/run/evaluation/play"
import { isScorable, trueFaults } from "@/lib/run/evaluation/truth"
import type { Run } from "@/lib/run/simulation/world/run"

export const classes = [
  "reader",
  "comms",
  "firmware",
  "store network",
  "operator",
  "issuer",
  "card-testing",
] as const
export type Class = (typeof classes)[number]

/** Who was in trouble, and when. `isCounted` is false where nobody could have found it in time. */
type Span = { cls: Class; who: string; from: number; to: number; isCounted: boolean }
export type ClassScore = Record<Class, { right: number; wrong: number; missed: number }>

/** An incident may be told three days after its end. */
const grace = 3

export function scoreClasses(run: Run, played: Played): ClassScore {
  const truth = truthOf(run)
  const said = saidBy(run, played)
  const score = Object.fromEntries(classes.map((cls) => [cls, scoreOf(cls, truth, said)]))
  return score as ClassScore
}

function scoreOf(cls: Class, truth: readonly Span[], said: readonly Span[]) {
  const [real, told] = [truth, said].map((all) => all.filter((one) => one.cls === cls)) as [Span[], Span[]]
  const matches = (one: Span, other: Span) =>
    one.who === other.who && other.from >= Math.floor(one.from) && other.from <= one.to + grace
  const covers = (one: Span, other: Span) =>
    one.who === other.who && other.from <= one.to + grace && other.to >= Math.floor(one.from)
  return {
    right: real.filter((one) => one.isCounted && told.some((other) => covers(one, other))).length,
    wrong: told.filter((other) => !real.some((one) => matches(one, other) || covers(one, other))).length,
    missed: real.filter((one) => one.isCounted && !told.some((other) => covers(one, other))).length,
  }
}

const classOfComponent: Partial<Record<Component, Class>> = {
  communication: "comms",
  chip: "reader",
  contactless: "reader",
  magstripe: "reader",
}

function saidBy({ fleet, parameters }: Run, { flags, incidents }: Played): Span[] {
  const indexOf = new Map(fleet.terminals.map(({ serial, index }) => [serial, index]))
  const since = ({ openedOn }: { openedOn: number }) => openedOn >= parameters.burnIn
  return [
    ...flags.filter(since).flatMap(({ of, openedOn, closedOn }) => {
      const cls = classOfComponent[of.component]
      const who = String(indexOf.get(of.terminal) ?? -1)
      return cls ? { cls, who, from: openedOn, to: closedOn ?? parameters.days, isCounted: true } : []
    }),
    ...incidents.filter(since).flatMap(({ of: { subject }, openedOn, closedOn }) => {
      const cls = classes.find((one) => one === subject.cls)
      return cls
        ? { cls, who: whoIs(subject), from: openedOn, to: closedOn ?? parameters.days, isCounted: true }
        : []
    }),
  ]
}

function whoIs(subject: Subject): string {
  switch (subject.cls) {
    case "issuer":
      return subject.issuer
    case "acquirer":
      return subject.acquirer
    case "carrier":
      return subject.carrier
    case "store network":
      return subject.store
    case "firmware":
      return `${subject.model}/${subject.release}`
    case "operator":
      return `${subject.store}/${subject.operator}`
    case "card-testing":
      return subject.terminal
  }
}

function truthOf(run: Run): Span[] {
  const { fleet, troubles, parameters } = run
  const span = (cls: Class, who: string, { from, to }: { from: number; to: number }): Span => ({
    cls,
    who,
    from,
    to,
    isCounted: from >= parameters.burnIn,
  })
  const codeOf = (store: number) => fleet.stores[store]?.code ?? ""
  return [
    ...trueFaults(run).flatMap((fault) =>
      fault.cls === "reader" || fault.cls === "comms"
        ? { ...span(fault.cls, String(fault.terminal), fault), isCounted: isScorable(run, fault) }
        : [],
    ),
    ...troubles.badReleases
      .filter(({ installed }) => installed.size > 0)
      .map((one) => span("firmware", `${one.model}/firmware:${one.version}`, one)),
    ...troubles.stores.map((one) => span("store network", codeOf(one.store), one)),
    ...troubles.untrained.map((one) =>
      span(
        "operator",
        `${codeOf(one.store)}/${fleet.stores[one.store]?.operators[one.operator]?.id ?? ""}`,
        one,
      ),
    ),
    ...troubles.issuers.map((one) => span("issuer", fleet.issuers[one.issuer]?.bin ?? "", one)),
    ...troubles.cardTesting.map((one) =>
      span("card-testing", fleet.terminals[one.terminal]?.serial ?? "", one),
    ),
  ]
}

export const f1 = ({ right, wrong, missed }: ClassScore[Class]): number | null =>
  right + wrong + missed === 0 ? null : (2 * right) / (2 * right + wrong + missed)

/** The mean F1 of the classes that occurred or were said. */
export function macroF1(score: ClassScore): number | null {
  const values = classes.flatMap((cls) => f1(score[cls]) ?? [])
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

export const addClasses = (scores: readonly ClassScore[]): ClassScore => {
  const sum = (cls: Class) => ({
    right: scores.reduce((total, score) => total + score[cls].right, 0),
    wrong: scores.reduce((total, score) => total + score[cls].wrong, 0),
    missed: scores.reduce((total, score) => total + score[cls].missed, 0),
  })
  return Object.fromEntries(classes.map((cls) => [cls, sum(cls)])) as ClassScore
}
