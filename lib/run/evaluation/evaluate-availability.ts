import { quantile } from "@/lib/base/statistics/quantile"
import { openSecondsBetween, openTimeOf, type OpenTime } from "@/lib/fleet/stores/open-time"
import { closedFrom, type Span } from "@/lib/fleet/stores/opening-hours"
import { lateAfterBeats } from "@/lib/fleet/terminals/interval"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import {
  flapsAfter,
  flapsAt,
  flapsToFlag,
  isSiteFlapping,
  steadyFrom,
  type Flaps,
} from "@/lib/insight/silence/flapping"
import { missedOpening, type MissedOpening } from "@/lib/insight/silence/missed-opening"
import { silencePlan } from "@/lib/insight/silence/silence-plan"
import { isSiteSilent, isSiteUp } from "@/lib/insight/silence/site"
import { weeksOf } from "@/lib/run/evaluation/heartbeat-learning"
import {
  heartbeatWorld,
  type World,
  type WorldStore,
  type WorldTerminal,
  type Size,
} from "@/lib/run/evaluation/heartbeat-world"

const minuteMs = 60_000
const dayMs = 86_400_000
/** A rule of silence looks at held flags again after this time. */
const lookAgainMs = 10 * minuteMs
/** So long after a store has opened its terminals have sold something. */
const firstSaleMs = 10 * minuteMs
/** Heartbeats in a row that end a silence. */
const beatsToRecover = 3

/** A time without a heartbeat. `at` says when each state began. */
type Silence = Span & {
  terminal: WorldTerminal
  at: Partial<Record<OnlineState, number>>
  /** What it had missed when it became suspect. */
  opening: MissedOpening | null
}
type Alert = { terminal: WorldTerminal; at: number; until: number }
type Judged = { store: WorldStore; silences: Silence[] }

export type SilenceFigures = {
  name: string
  falsePerThousandDays: number
  dead: number
  deadFound: number
  /** Of the dead that are found: open minutes until then. */
  medianMinutes: number | null
  nineInTenMinutes: number | null
  longestMinutes: number | null
  flapping: number
  flappingFound: number
}

const rules: Record<string, (judged: Judged) => Alert[]> = {
  "15 minutes": ({ silences }) => silences.flatMap((one) => alertAfter(one, 15 * minuteMs)),
  "three intervals": ({ silences }) =>
    silences.flatMap((one) => alertAfter(one, 3000 * one.terminal.intervalSeconds)),
  "suspect: four missing in usual hours": ({ silences }) =>
    silences.flatMap((one) => alertAt(one, one.at.suspect)),
  "offline: two usual hours": ({ silences }) => silences.flatMap((one) => alertAt(one, one.at.offline)),
  "flag: and not the whole store": flagged,
  "flag of flapping": flapping,
  "flag of not being up at opening": notUp,
}

/** How well silent terminals are told from those that only sleep, by our judgement and by simple rules. */
export function evaluateSilence(seed: number, size?: Size): SilenceFigures[] {
  const world = heartbeatWorld(seed, size)
  const judged = world.stores.map((store) => ({ store, silences: silencesOf(store, world) }))
  return Object.entries(rules).map(([name, rule]) => {
    const alerts = judged.flatMap((one) => withoutRepeats(rule(one)))
    return { name, ...figuresOf(alerts, world) }
  })
}

/** All silences of a store's terminals in the tested days that are long enough for any rule. */
function silencesOf(store: WorldStore, world: World): Silence[] {
  const { known, terminals } = store
  const open = openTimeOf(known, world.outages)
  const weekOf = weeksOf(store, world)
  return terminals.flatMap((terminal) => {
    const { id, beats, intervalSeconds } = terminal
    const silences: Silence[] = []
    for (const [i, from] of beats.entries()) {
      const to = beats[i + 1] ?? Infinity
      if (to < world.testedFrom || to - from < lateAfterBeats * intervalSeconds * 1000) continue
      const silence = {
        lastSignAt: from,
        intervalSeconds,
        week: weekOf(id, Math.max(from, world.testedFrom)),
        zone: known.zone,
        open,
        hasHours: known.hours !== null,
        closesAt: closedFrom(known),
      }
      const at: Silence["at"] = Object.fromEntries(silencePlan(silence).map((step) => [step.state, step.at]))
      const opening = at.suspect === undefined ? null : missedOpening(silence, at.suspect)
      silences.push({ terminal, from, to, at, opening })
    }
    return silences
  })
}

const alertAfter = (silence: Silence, ms: number): Alert[] => alertAt(silence, silence.from + ms)

function alertAt({ terminal, to }: Silence, at: number | undefined): Alert[] {
  if (at === undefined || at >= to) return []
  return [{ terminal, at, until: to + beatsToRecover * terminal.intervalSeconds * 1000 }]
}

function statesOf({ store, silences }: Judged) {
  const of = new Map<WorldTerminal, Silence[]>(store.terminals.map((terminal) => [terminal, []]))
  for (const silence of silences) of.get(silence.terminal)?.push(silence)
  return (terminal: WorldTerminal, at: number) => {
    const now = of.get(terminal)?.find(({ from, to }) => from <= at && at < to)
    const [state, since] = Object.entries(now?.at ?? {}).findLast(([, begun]) => begun <= at) ?? [
      "online",
      null,
    ]
    return { state: state as OnlineState, since }
  }
}

/** The flag of an offline terminal waits while its whole store is silent. */
function flagged({ store, silences }: Judged): Alert[] {
  const stateAt = statesOf({ store, silences })
  return silences.flatMap((silence) => {
    const others = store.terminals.filter((other) => other !== silence.terminal)
    const since = silence.at.offline ?? Infinity
    const end = Math.min(silence.to, since + 21 * dayMs)
    for (let at = since; at < end; at += lookAgainMs) {
      const around = others.map((other) => stateAt(other, at))
      if (!isSiteSilent(around, { since, now: at })) return alertAt(silence, at)
    }
    return []
  })
}

/** The flag of a terminal that is not up since its store opened, though most others there are. */
function notUp({ store, silences }: Judged): Alert[] {
  const stateAt = statesOf({ store, silences })
  return silences.flatMap((silence) => {
    const { opening, terminal, to, at: begun } = silence
    if (opening === null) return []
    const others = store.terminals.filter((other) => other !== terminal)
    const livingAt = (now: number) => (other: WorldTerminal) => {
      const lastSignAt = other.beats.findLast((beat) => beat <= now) ?? null
      const sells = store.opened.some(({ from, to }) => from + firstSaleMs <= now && opening.at < to)
      return { ...stateAt(other, now), lastSignAt, lastSaleAt: sells ? lastSignAt : null }
    }
    const end = Math.min(to, begun.offline ?? Infinity)
    for (let at = Math.max(begun.suspect ?? 0, opening.missedAt); at < end; at += lookAgainMs)
      if (isSiteUp(others.map(livingAt(at)), { opened: opening.at, now: at })) return alertAt(silence, at)
    return []
  })
}

const never: Flaps = { flaps: 0, at: null }

/** The flag of a terminal that falls silent again and again, unless its whole store does. */
function flapping({ store, silences }: Judged): Alert[] {
  const falls = silences.flatMap(({ terminal, to, at: { suspect } }) =>
    suspect !== undefined && suspect < to ? [{ terminal, at: suspect }] : [],
  )
  const flapsOf = new Map<WorldTerminal, Flaps>()
  const alerts: Alert[] = []
  for (const { terminal, at } of falls.toSorted((a, b) => a.at - b.at)) {
    const change = { from: "late", to: "suspect", now: at } as const
    const own = flapsAfter(flapsOf.get(terminal) ?? never, change)
    flapsOf.set(terminal, own)
    const others = store.terminals.filter((other) => other !== terminal)
    const around = others.map((other) => flapsAt(flapsOf.get(other) ?? never, at))
    if (own.flaps >= flapsToFlag && !isSiteFlapping(around))
      alerts.push({ terminal, at, until: steadyFrom(own.flaps, at) })
  }
  return alerts
}

/** A flag stays open until its terminal has recovered, so silences in between open no other. */
function withoutRepeats(alerts: readonly Alert[]): Alert[] {
  const kept: Alert[] = []
  const openUntil = new Map<number, number>()
  for (const alert of alerts.toSorted((a, b) => a.at - b.at)) {
    const { id } = alert.terminal
    if (alert.at >= (openUntil.get(id) ?? 0)) kept.push(alert)
    openUntil.set(id, Math.max(alert.until, openUntil.get(id) ?? 0))
  }
  return kept
}

function figuresOf(all: readonly Alert[], world: World): Omit<SilenceFigures, "name"> {
  const alerts = all.filter(({ at }) => world.testedFrom <= at && at < world.to)
  const terminals = world.stores.flatMap((store) =>
    store.terminals.map((terminal) => ({ terminal, open: openTimeOf(store.truth) })),
  )
  const faulty = (kind: string) => terminals.filter(({ terminal }) => terminal.fault?.kind === kind)
  const dead = faulty("dead").map((one) => openMinutesUntil(one, alerts))
  const flapping = faulty("flapping").map((one) => openMinutesUntil(one, alerts))
  const found = dead.filter((minutes) => minutes !== null)
  const terminalDays = terminals.length * ((world.to - world.testedFrom) / dayMs)
  return {
    falsePerThousandDays: (1000 * alerts.filter(isFalse).length) / terminalDays,
    dead: dead.length,
    deadFound: found.length,
    medianMinutes: quantile(found, 0.5),
    nineInTenMinutes: quantile(found, 0.9),
    longestMinutes: quantile(found, 1),
    flapping: flapping.length,
    flappingFound: flapping.filter((minutes) => minutes !== null).length,
  }
}

const isFalse = ({ terminal: { fault }, at }: Alert): boolean =>
  fault === null || at < fault.from || fault.to + dayMs < at

function openMinutesUntil(
  { terminal, open }: { terminal: WorldTerminal; open: OpenTime },
  alerts: readonly Alert[],
): number | null {
  const { fault } = terminal
  if (fault === null) return null
  const own = alerts.filter((one) => one.terminal === terminal)
  // A flag that was open when it died, and stays open, names it from then on. When it opened, it was false.
  if (own.some(({ at, until }) => at < fault.from && until > fault.to)) return 0
  const alert = own.find((one) => !isFalse(one))
  return alert ? Math.round(openSecondsBetween(open, fault.from, alert.at) / 60) : null
}
