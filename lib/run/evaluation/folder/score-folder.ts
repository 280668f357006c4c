import { asWorker } from "@/lib/base/db/transaction"
import { addDays, type Day } from "@/lib/base/time/zone"
import {
  dayNumber,
  factsOf,
  isBadRelease,
  releaseKey,
  trueSpans,
  type Played,
} from "@/lib/run/evaluation/folder/facts"
import type { Trouble } from "@/lib/run/evaluation/folder/read-truth"
import type { FlagLine, IncidentLine } from "@/lib/run/evaluation/folder/results"
import { dayOf, serialsOf, terminalsWith } from "@/lib/run/evaluation/folder/results-sql"
import { Naive, naiveNames, type NaiveDay } from "@/lib/run/evaluation/naive"
import { f1, macroF1, scoreClasses, type Span } from "@/lib/run/evaluation/score-classes"
import { figuresOf, scoreFlags, share, type Alert, type FlagScore } from "@/lib/run/evaluation/score-flags"
import { classOfComponent } from "@/lib/run/evaluation/spans-of-run"
import { impacts } from "@/lib/run/simulation/world/impact"

type Told = { flags: readonly FlagLine[]; incidents: readonly IncidentLine[] }
type Scoring = {
  orgId: string
  firstDay: Day
  days: number
  burnIn: number
  troubles: readonly Trouble[]
  told: Told
}

/** How right flags and incidents were, and how right simple rules would have been. */
export async function scoreFolder(scoring: Scoring) {
  const { orgId, firstDay, days, burnIn, troubles, told } = scoring
  const terminals = await asWorker((db) => serialsOf(db, orgId))
  const played: Played = {
    serials: terminals.map(({ serial }) => serial),
    startsAt: Date.parse(`${firstDay}T00:00:00Z`),
    days,
    burnIn,
    onRelease: await releasesOf(orgId, troubles),
  }
  const facts = factsOf(troubles, played)
  const naive = await naiveAlerts(scoring, new Map(terminals.map(({ id }, i) => [id, i])))
  const score = (alerts: readonly Alert[]) => flagFigures(scoreFlags(facts, alerts))
  const rules = (isOf: (name: string) => boolean) =>
    Object.fromEntries(naiveNames.filter(isOf).map((name) => [name, score(naive.alerts[name])]))
  const usesCodes = (name: string) => name.startsWith("codes")
  return {
    flags: score(alertsOf(told, played)),
    incidents: incidentFigures(trueSpans(troubles, { facts, played }), saidSpans(told, played)),
    codeOnly: rules(usesCodes),
    naive: rules((name) => !usesCodes(name)),
  }
}

const flagFigures = (score: FlagScore) => {
  const { recallByImpact, medianDelay, delayOfNineInTen, ...figures } = figuresOf(score)
  return {
    flags: score.flags,
    faults: score.faults,
    ...figures,
    recallByClass: Object.fromEntries(
      Object.entries(score.foundByClass).map(([cls, { faults, found }]) => [
        cls,
        { faults, recall: share(found, faults) },
      ]),
    ),
    recallByImpact: Object.fromEntries(impacts.map((impact, i) => [impact, recallByImpact[i] ?? null])),
    medianDelayDays: medianDelay,
    p90DelayDays: delayOfNineInTen,
    releaseTickets: score.releaseTickets,
  }
}

function incidentFigures(real: readonly Span[], said: readonly Span[]) {
  const score = scoreClasses(real, said)
  return {
    macroF1: macroF1(score),
    byClass: Object.fromEntries(
      Object.entries(score).map(([cls, counts]) => [cls, { f1: f1(counts), ...counts }]),
    ),
  }
}

const due: readonly string[] = ["maintenance", "replacement"]
/** Flags of terminals that send nothing. */
const silences: readonly string[] = ["silent", "not_up_at_opening"]
/** What rules without a component of the engine say of a terminal. */
const classOfRule: Record<string, string> = {
  silent: "dead",
  battery_wearing: "battery",
  battery_worn: "battery",
  storage_filling: "storage",
  storage_full: "storage",
}
const isDevice = ({ kind }: FlagLine) => due.includes(kind)

function alertsOf({ flags }: Told, played: Played): Alert[] {
  const numberOf = new Map(played.serials.map((serial, i) => [serial, i]))
  return flags.filter(isDevice).flatMap(({ subject, openedAt, rule }) => {
    const terminal = numberOf.get(subject)
    const openedOn = Math.floor(dayNumber(played, Date.parse(openedAt)))
    return terminal === undefined ? [] : { terminal, openedOn, isSilence: silences.includes(rule) }
  })
}

function saidSpans({ flags, incidents }: Told, played: Played): Span[] {
  const day = (at: string | null) =>
    at === null ? played.days : Math.floor(dayNumber(played, Date.parse(at)))
  const since = ({ from }: Span) => from >= played.burnIn
  return [
    ...flags.filter(isDevice).flatMap(({ subject, component, rule, openedAt, closedAt }) => {
      const cls = classOfRule[rule] ?? (component && (classOfComponent[component] ?? component))
      const span = { who: { terminal: subject }, from: day(openedAt), to: day(closedAt), isCounted: true }
      return cls ? { cls, ...span } : []
    }),
    ...incidents.map(({ cls, openedAt, closedAt, component: _component, ...who }) => ({
      cls,
      who,
      from: day(openedAt),
      to: day(closedAt),
      isCounted: true,
    })),
  ].filter(since)
}

/** The terminals that sent each bad release. */
async function releasesOf(orgId: string, troubles: readonly Trouble[]): Promise<Played["onRelease"]> {
  const terminals = new Map<string, Set<string>>()
  for (const { who } of troubles.filter(isBadRelease)) {
    const serials = await asWorker((db) =>
      terminalsWith(db, orgId, { model: who.model ?? null, release: who.release ?? "" }),
    )
    terminals.set(releaseKey(who), new Set(serials))
  }
  return terminals
}

async function naiveAlerts(
  { orgId, firstDay, days }: Scoring,
  numberOf: ReadonlyMap<number, number>,
): Promise<Naive> {
  const naive = new Naive(numberOf.size)
  for (let i = 0; i < days; i += 1) {
    const today = Array.from({ length: numberOf.size }, (): NaiveDay => ({
      sales: 0,
      failed: 0,
      technical: 0,
      errors: 0,
      reads: 0,
    }))
    for (const { id, ...row } of await asWorker((db) => dayOf(db, orgId, addDays(firstDay, i)))) {
      const at = numberOf.get(id)
      if (at !== undefined) today[at] = row
    }
    naive.add(i, today)
  }
  return naive
}
