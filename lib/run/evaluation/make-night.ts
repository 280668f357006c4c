import { groupBy } from "@/lib/base/group-by"
import { troubledOf } from "@/lib/insight/engine/incidents/outages"
import type { Rates, ReferenceCell } from "@/lib/insight/engine/reference"
import {
  winsorised,
  type Count,
  type IssuerShare,
  type IssuerSums,
  type Night,
  type OperatorSums,
  type TerminalFacts,
  type TerminalSums,
} from "@/lib/insight/engine/terms/input"
import { kinds } from "@/lib/insight/engine/terms/signals"
import type { Arrived, Cell, TerminalSums as SimulatedSums } from "@/lib/run/simulation/world/cells"
import { placedOn, type Terminal } from "@/lib/run/simulation/world/fleet"
import { entryModes } from "@/lib/run/simulation/world/parameters"
import type { Run } from "@/lib/run/simulation/world/run"

// Does for a simulated fleet what the fold and the nightly statements do for a real one: adds each sale's
// expectation, and sums by terminal, operator and issuer.

const idOf = ({ serial }: Terminal) => serial

/** Each terminal's master data on a day. */
export function factsOn(run: Run, day: number): TerminalFacts[] {
  const bad = run.troubles.badReleases
  return run.fleet.terminals.map((one) => {
    const terminal = placedOn(one, day)
    const installed = bad.find(
      (release) => (release.installed.get(terminal.index) ?? Number.POSITIVE_INFINITY) <= day,
    )
    return {
      id: idOf(terminal),
      store: terminal.store.code,
      model: terminal.model,
      releases: { firmware: installed?.version ?? terminal.firmware },
      acquirer: terminal.acquirer,
      carrier: terminal.carrier,
    }
  })
}

/** A night's input. `ratesOn` is the table in force on the day of the sales. */
export function makeNight(run: Run, { day, sums }: Arrived, ratesOn: (day: number) => Rates): Night {
  const sold = sums.map((one) => soldOf(run, one, ratesOn(one.day)))
  const issuers = issuerSums(sold)
  const troubled = new Set(troubledOf(issuers).map((one) => `${one.issuer}/${one.day}`))
  return {
    day,
    terminals: factsOn(run, day),
    sums: sold.map((one) => terminalSums(one)),
    operators: sold.flatMap(operatorSums),
    issuers,
    shares: sold.flatMap((one) => sharesOf(one, troubled)),
  }
}

type Sold = {
  sums: SimulatedSums
  terminal: string
  acquirer: string
  store: string
  cells: { cell: Cell; rates: ArrayLike<number> }[]
}

function soldOf(run: Run, sums: SimulatedSums, rates: Rates): Sold {
  const found = run.fleet.terminals[sums.terminal]
  const terminal = found && placedOn(found, sums.day)
  return {
    sums,
    terminal: terminal ? idOf(terminal) : "",
    acquirer: terminal?.acquirer ?? "",
    store: terminal?.store.code ?? "",
    cells: sums.cells.map((cell) => ({ cell, rates: rates(cell.issuer, entryModes[cell.entry] ?? "") })),
  }
}

function terminalSums({ sums, terminal, cells }: Sold): TerminalSums {
  const counts = Object.fromEntries(kinds.map((kind, k) => [kind, sumOf(cells, kind, k)]))
  const { counted, day } = sums
  const presentments = cells.reduce((total, { cell }) => total + cell.presentments, 0)
  if (!counted) return { terminal, day, presentments, kinds: counts, counters: {} }
  const [tapReads = 0, chipReads = 0, swipeReads = 0] = counted.reads
  const [taps = 0, chips = 0, swipes = 0] = counted.errors
  return {
    terminal,
    day,
    presentments,
    kinds: counts,
    counters: {
      chipReads: { observed: chips, exposure: chipReads },
      tapReads: { observed: taps, exposure: tapReads },
      swipeReads: { observed: swipes, exposure: swipeReads },
      crashes: { observed: counted.crashes, exposure: 1 },
    },
  }
}

function sumOf(cells: Sold["cells"], kind: (typeof kinds)[number], k: number): Count {
  const count = { observed: 0, expected: 0 }
  for (const { cell, rates } of cells) {
    count.observed += cell.failures[kind] ?? 0
    count.expected += cell.presentments * (rates[k] ?? 0)
  }
  return count
}

function operatorSums({ sums, terminal, cells }: Sold): OperatorSums[] {
  return [...groupBy(cells, ({ cell }) => cell.operator)].map(([operator, own]) => {
    const count = (kind: (typeof kinds)[number]) => sumOf(own, kind, kinds.indexOf(kind))
    return {
      terminal,
      operator,
      day: sums.day,
      user: count("user"),
      chip: count("chip"),
      contactless: count("contactless"),
      magstripe: count("magstripe"),
    }
  })
}

function issuerSums(sold: readonly Sold[]): IssuerSums[] {
  type Group = { sum: IssuerSums; stores: Set<string> }
  const groups = new Map<string, Group>()
  for (const one of sold)
    for (const [issuer, cells] of groupBy(one.cells, ({ cell }) => cell.issuer)) {
      const key = `${issuer}/${one.acquirer}/${one.sums.day}`
      const zero = () => ({ observed: 0, expected: 0 })
      const group: Group = groups.get(key) ?? {
        sum: {
          issuer,
          acquirer: one.acquirer,
          day: one.sums.day,
          issuerKind: zero(),
          tech: zero(),
          stores: 0,
        },
        stores: new Set(),
      }
      const counts = [
        sumOf(cells, "issuer", kinds.indexOf("issuer")),
        sumOf(cells, "tech", kinds.indexOf("tech")),
      ]
      for (const [i, target] of [group.sum.issuerKind, group.sum.tech].entries()) {
        const count = counts[i] ?? zero()
        target.observed += winsorised(count)
        target.expected += count.expected
      }
      if (counts.some(({ observed }) => observed > 0)) group.stores.add(one.store)
      groups.set(key, group)
    }
  return [...groups.values()].map(({ sum, stores }) => ({ ...sum, stores: stores.size }))
}

function sharesOf({ sums, terminal, cells }: Sold, troubled: ReadonlySet<string>): IssuerShare[] {
  if (troubled.size === 0) return []
  return [...groupBy(cells, ({ cell }) => cell.issuer)].flatMap(([issuer, own]) =>
    troubled.has(`${issuer}/${sums.day}`)
      ? {
          terminal,
          issuer,
          day: sums.day,
          issuerKind: sumOf(own, "issuer", kinds.indexOf("issuer")).expected,
          tech: sumOf(own, "tech", kinds.indexOf("tech")).expected,
        }
      : [],
  )
}

/** What a day teaches the reference: all that arrived, without terminals that have a flag. */
export function referenceCells({ sums }: Arrived, isLeftOut: (terminal: number) => boolean): ReferenceCell[] {
  const cells = new Map<string, { cell: ReferenceCell; failures: Record<string, number> }>()
  for (const { terminal, cells: own } of sums) {
    if (isLeftOut(terminal)) continue
    for (const { issuer, entry, presentments, failures } of own) {
      const key = `${issuer}/${entry}`
      const group = cells.get(key) ?? {
        cell: { issuer, entryMode: entryModes[entry] ?? "", presentments: 0, failures: {} },
        failures: {},
      }
      for (const kind of kinds) {
        const count = failures[kind]
        if (count !== undefined) group.failures[kind] = (group.failures[kind] ?? 0) + count
      }
      cells.set(key, {
        ...group,
        cell: { ...group.cell, presentments: group.cell.presentments + presentments },
      })
    }
  }
  return [...cells.values()].map(({ cell, failures }) => ({ ...cell, failures }))
}
