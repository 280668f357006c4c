import { kinds, type Kind } from "@/lib/fleet/code-packs/kind"
import { troubledOf } from "@/lib/insight/engine/incidents/outages"
import type { ReferenceCell } from "@/lib/insight/engine/reference"
import {
  sumOfStores,
  type Count,
  type IssuerShare,
  type IssuerSums,
  type Night,
  type OperatorSums,
  type TerminalFacts,
  type TerminalSums,
} from "@/lib/insight/engine/terms/input"
import type { Rates } from "@/lib/rollups/reference/rate-row"
import { slowSales } from "@/lib/run/evaluation/slow-sales"
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

type Sold = {
  slow: { observed: number; exposure: number }
  sums: SimulatedSums
  terminal: string
  acquirer: string
  store: string
  cells: { cell: Cell; rates: ArrayLike<number> }[]
}
type Counts = { observed: Float64Array; expected: Float64Array; presentments: number }

const countOf = ({ observed, expected }: Counts, kind: Kind): Count => {
  const k = kinds.indexOf(kind)
  return { observed: observed[k] ?? 0, expected: expected[k] ?? 0 }
}

/** A night's input. `ratesOn` is the table in force on the day of the sales. */
export function makeNight(run: Run, { day, sums }: Arrived, ratesOn: (day: number) => Rates): Night {
  const slow = slowSales(run, { day, sums })
  const sold = sums.map((one) => ({ ...soldOf(run, one, ratesOn(one.day)), slow: slow(one) }))
  const issuers = new IssuerTable()
  const byIssuer = sold.map((one) => countedBy(one, ({ issuer }) => issuer))
  for (const [i, one] of sold.entries()) issuers.add(one, byIssuer[i] ?? new Map())
  const issuerSums = issuers.sums()
  const troubled = new Set(troubledOf(issuerSums).map((one) => `${one.issuer}/${one.day}`))
  return {
    day,
    terminals: factsOn(run, day),
    sums: sold.map((one) => terminalSums(one)),
    operators: sold.flatMap(operatorSums),
    issuers: issuerSums,
    shares: sold.flatMap((one, i) => sharesOf(one, byIssuer[i] ?? new Map(), troubled)),
  }
}

function soldOf(run: Run, sums: SimulatedSums, rates: Rates): Omit<Sold, "slow"> {
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

/** Observed and expected by kind, for each value of one of the cells' fields. */
function countedBy({ cells }: Sold, keyOf: (cell: Cell) => string): Map<string, Counts> {
  const groups = new Map<string, Counts>()
  for (const { cell, rates } of cells) {
    const key = keyOf(cell)
    let counts = groups.get(key)
    if (!counts) {
      counts = {
        observed: new Float64Array(kinds.length),
        expected: new Float64Array(kinds.length),
        presentments: 0,
      }
      groups.set(key, counts)
    }
    counts.presentments += cell.presentments
    for (let k = 0; k < kinds.length; k += 1)
      counts.expected[k] = (counts.expected[k] ?? 0) + cell.presentments * (rates[k] ?? 0)
    for (const kind in cell.failures) {
      const k = kinds.indexOf(kind as Kind)
      counts.observed[k] = (counts.observed[k] ?? 0) + (cell.failures[kind as Kind] ?? 0)
    }
  }
  return groups
}

function terminalSums(sold: Sold): TerminalSums {
  const { sums, terminal } = sold
  const counts = countedBy(sold, () => "").get("")
  const { counted, day } = sums
  const common = {
    terminal,
    day,
    presentments: counts?.presentments ?? 0,
    kinds: counts ? Object.fromEntries(kinds.map((kind) => [kind, countOf(counts, kind)])) : {},
  }
  if (!counted) return { ...common, counters: {} }
  const [tapReads = 0, chipReads = 0, swipeReads = 0] = counted.reads
  const [taps = 0, chips = 0, swipes = 0] = counted.errors
  return {
    ...common,
    counters: {
      chipReads: { observed: chips, exposure: chipReads },
      tapReads: { observed: taps, exposure: tapReads },
      swipeReads: { observed: swipes, exposure: swipeReads },
      crashes: { observed: counted.crashes, exposure: 1 },
      slowSales: sold.slow,
    },
  }
}

const operatorSums = (sold: Sold): OperatorSums[] =>
  [...countedBy(sold, ({ operator }) => operator)].map(([operator, counts]) => ({
    terminal: sold.terminal,
    operator,
    day: sold.sums.day,
    user: countOf(counts, "user"),
    chip: countOf(counts, "chip"),
    contactless: countOf(counts, "contactless"),
    magstripe: countOf(counts, "magstripe"),
  }))

type Shown = { issuerKind: Count; tech: Count }
/** What the terminals of each store show of an issuer. */
type OfIssuer = Pick<IssuerSums, "issuer" | "acquirer" | "day"> & { stores: Map<string, Shown[]> }

/** Sums by issuer, acquirer and day. */
class IssuerTable {
  readonly #groups = new Map<string, OfIssuer>()

  add({ sums: { day }, acquirer, store }: Sold, byIssuer: ReadonlyMap<string, Counts>): void {
    for (const [issuer, counts] of byIssuer) {
      const key = `${issuer}/${acquirer}/${day}`
      const group = this.#groups.get(key) ?? { issuer, acquirer, day, stores: new Map<string, Shown[]>() }
      const shown = { issuerKind: countOf(counts, "issuer"), tech: countOf(counts, "tech") }
      const terminals = group.stores.get(store)
      if (terminals) terminals.push(shown)
      else group.stores.set(store, [shown])
      this.#groups.set(key, group)
    }
  }

  sums(): IssuerSums[] {
    return [...this.#groups.values()].map(({ stores, ...of }) => {
      const all = [...stores.values()]
      const total = (name: keyof Shown) =>
        sumOfStores(all.map((terminals) => terminals.map((shown) => shown[name])))
      const hasFailed = ({ issuerKind, tech }: Shown) => issuerKind.observed + tech.observed > 0
      const failing = all.filter((terminals) => terminals.some(hasFailed))
      return { ...of, issuerKind: total("issuerKind"), tech: total("tech"), stores: failing.length }
    })
  }
}

const sharesOf = (
  { sums: { day }, terminal }: Sold,
  byIssuer: ReadonlyMap<string, Counts>,
  troubled: ReadonlySet<string>,
): IssuerShare[] =>
  [...byIssuer].flatMap(([issuer, counts]) =>
    troubled.has(`${issuer}/${day}`)
      ? { terminal, issuer, day, issuerKind: countOf(counts, "issuer"), tech: countOf(counts, "tech") }
      : [],
  )

/** What a day teaches the reference: all that arrived, without terminals that have a flag. */
export function referenceCells({ sums }: Arrived, isLeftOut: (terminal: number) => boolean): ReferenceCell[] {
  type Group = {
    issuer: string
    entryMode: string
    presentments: number
    failures: Partial<Record<Kind, number>>
  }
  const cells = new Map<string, Group>()
  for (const { terminal, cells: own } of sums) {
    if (isLeftOut(terminal)) continue
    for (const { issuer, entry, presentments, failures } of own) {
      const key = `${issuer}/${entry}`
      let group = cells.get(key)
      if (!group) {
        group = { issuer, entryMode: entryModes[entry] ?? "", presentments: 0, failures: {} }
        cells.set(key, group)
      }
      group.presentments += presentments
      for (const kind in failures)
        group.failures[kind as Kind] = (group.failures[kind as Kind] ?? 0) + (failures[kind as Kind] ?? 0)
    }
  }
  return [...cells.values()]
}
