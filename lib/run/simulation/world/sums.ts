import type { Channel } from "@/lib/fleet/code-packs/cause"
import { binOf } from "@/lib/run/simulation/world/bins"
import { cardOf } from "@/lib/run/simulation/world/cards"
import type { Arrived, Cell, Failures, TerminalSums } from "@/lib/run/simulation/world/cells"
import { durationsOf } from "@/lib/run/simulation/world/durations"
import type { Logged } from "@/lib/run/simulation/world/logged"
import { countedOn } from "@/lib/run/simulation/world/reads"
import { lateness, terminalDays, type Run } from "@/lib/run/simulation/world/run"
import type { TerminalDay } from "@/lib/run/simulation/world/sales"
import { Sightings, type Sighting } from "@/lib/run/simulation/world/sightings"

export const channelOfLogged = {
  issuer: "issuer",
  user: "user",
  tech: "tech",
  chip: "chip",
  contactless: "contactless",
  magstripe: "magstripe",
  keys: "tech",
  pin: "user",
  expired: "issuer",
} as const satisfies Record<Logged, Channel>

type Made = { sums: TerminalSums; sightings: Sighting[] }

/** A run as daily sums, the way the records of the same run would be counted. */
export function* dailySums(run: Run): Generator<Arrived> {
  const waiting = new Map<number, Made[]>()
  const sightings = new Sightings()
  const take = (day: number): Arrived => {
    const made = waiting.get(day) ?? []
    waiting.delete(day)
    sightings.forget(day)
    const corrections = sightings.corrections(made.flatMap((one) => one.sightings))
    return { day, sums: [...made.map(({ sums }) => sums), ...corrections] }
  }
  let day = 0
  for (const made of terminalDays(run)) {
    for (; day < made.day; day += 1) yield take(day)
    const arrives = made.day + lateness(run, made.terminal.index, made.day)
    const onDay = waiting.get(arrives)
    if (onDay) onDay.push(sumsOf(run, made))
    else waiting.set(arrives, [sumsOf(run, made)])
  }
  for (; day < run.parameters.days; day += 1) yield take(day)
}

function sumsOf(run: Run, made: TerminalDay): Made {
  const { terminal, day, sales } = made
  const { issuers } = run.fleet
  const cells = new Map<number, Cell>()
  const sightings: Sighting[] = []
  for (const sale of sales) {
    const { operator, issuer, entry, logged } = sale
    const bin = binOf(sale, issuers, run.parameters)
    const key = ((operator * issuers.length + issuer) * 4 + entry) * 2 + (bin === "" ? 1 : 0)
    let cell = cells.get(key)
    if (!cell) {
      cell = {
        operator: terminal.sendsOperators ? (terminal.store.operators[operator]?.id ?? "") : "",
        issuer: bin,
        entry,
        presentments: 0,
        failures: {},
      }
      cells.set(key, cell)
    }
    cell.presentments += 1
    if (logged === null) continue
    const channel = channelOfLogged[logged]
    count(cell.failures, channel)
    if (logged === "keys" || logged === "pin" || logged === "expired") count(cell.failures, logged)
    if (channel === "chip" || channel === "contactless" || channel === "magstripe")
      sightings.push({ ...cell, card: cardOf(made, sale, issuers), channel, terminal: terminal.index, day })
  }
  const durations: [number[], number[], number[], number[]] = [[], [], [], []]
  for (const [i, ms] of durationsOf(run, made).entries()) {
    const sale = sales[i]
    if (sale?.mechanism === null) durations[sale.entry]?.push(ms)
  }
  const counted = countedOn(run, made)
  const sums = { terminal: terminal.index, day, cells: [...cells.values()], counted, durations }
  return { sums, sightings }
}

const count = (failures: Failures, kind: keyof Failures) => {
  failures[kind] = (failures[kind] ?? 0) + 1
}
