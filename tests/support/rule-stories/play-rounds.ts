import type { LiveFlag } from "@/lib/insight/flags/advance"
import { clockAt } from "@/lib/insight/flags/clock"
import { evaluateTerminals } from "@/lib/insight/flags/evaluate-terminals"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context } from "@/lib/insight/flags/rule"
import type { RuleName } from "@/lib/insight/flags/words"

/** A terminal as it is at each instant, and the instants at which a round is told that something changed. */
export type Player = { facts: (at: number) => TerminalFacts; changes: readonly number[] }

/** A flag that opened, with its reasons over time. */
export type Played = {
  rule: RuleName
  terminalId: number
  storeId: number | null
  sinceAt: number
  openedAt: number
  closedAt: number | null
  told: string[]
}

type Play = { players: readonly Player[]; from: number; to: number; context: Context }

const roundMs = 30_000

/**
 * Plays the rounds of flags from one instant to another, as the worker does: they look at terminals that are
 * due, about which something has changed, or whose flags wait for another evaluation.
 */
export function playRounds({ players, from, to, context }: Play): Played[] {
  const flags = new Map<number, LiveFlag>()
  const played = new Map<number, Played>()
  const looks = players.map(() => from)
  const changes = players.map((player) => player.changes.filter((at) => at > from))
  const live = (terminalId: number) =>
    [...flags.values()].filter((flag) => flag.terminalId === terminalId && flag.status !== "closed")
  const waits = (flag: LiveFlag) =>
    flag.status === "candidate" || (flag.status === "open" && flag.clearRuns > 0)
  const nextOf = (place: number, id: number) =>
    Math.min(
      looks[place] ?? Infinity,
      ...(changes[place] ?? []),
      ...live(id)
        .filter(waits)
        .map(({ evaluatedAt }) => evaluatedAt + roundMs),
    )
  let nextId = 1
  for (let now = from; now <= to;) {
    for (const [place, player] of players.entries()) {
      const facts = player.facts(now)
      if (nextOf(place, facts.terminalId) > now) continue
      changes[place] = (changes[place] ?? []).filter((at) => at > now)
      const { changed, looks: next } = evaluateTerminals([facts], live(facts.terminalId), {
        ...context,
        clock: clockAt(now),
        quiet: new Set(),
      })
      looks[place] = next[0]?.nextLookAt ?? Infinity
      for (const flag of changed) {
        const id = flag.id ?? nextId
        if (flag.id === null) nextId += 1
        flags.set(id, { ...flag, id })
        note(played, id, flag)
      }
    }
    now = Math.min(...players.map((player, place) => nextOf(place, player.facts(now).terminalId)))
  }
  return [...played.values()]
}

function note(played: Map<number, Played>, id: number, flag: LiveFlag): void {
  const { rule, terminalId, storeId, sinceAt, openedAt, closedAt } = flag
  if (openedAt === null || terminalId === null) return
  const told = played.get(id)?.told ?? []
  const reasons = JSON.stringify(flag.reasons)
  played.set(id, {
    rule,
    terminalId,
    storeId,
    sinceAt,
    openedAt,
    closedAt,
    told: told.at(-1) === reasons ? told : [...told, reasons],
  })
}
