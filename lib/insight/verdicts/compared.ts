import { addDays } from "@/lib/base/time/zone"
import type { JudgedSale } from "@/lib/insight/verdicts/context-sql"
import type { Minutes } from "@/lib/insight/verdicts/counts-sql"
import { daysAround, wideDays, type DaySums } from "@/lib/insight/verdicts/day-sums"
import { noneSeen, plus, type Against } from "@/lib/insight/verdicts/excess"
import { failureKinds, isRead, readKinds, type FailureKind } from "@/lib/insight/verdicts/kind"
import type { Comparisons, Surroundings } from "@/lib/insight/verdicts/surroundings"
import { countersOf, type Tallies } from "@/lib/insight/verdicts/tallies"

/** Days next to a sale that are compared with it. */
const nearDays = 1
const quarterMs = 900_000
export const hourMs = 3_600_000
export const hoursAround = 2
/** So many days after a bad release was installed the nights find it, at most. */
const foundAfterDays = 3

/** How often sales fail where nothing is known yet, of a thousand, and how many sales that counts as. */
const shipped: Record<FailureKind, number> = {
  chip: 3,
  contactless: 4,
  magstripe: 1.5,
  pin: 5,
  keys: 0.4,
  expired: 2,
  line: 1.5,
  host: 4,
  setup: 0.4,
  format: 0.4,
  hardware: 0.4,
  user: 5,
  issuer: 33,
  unknown: 2,
}
const shippedSales = 500

const readOf: Readonly<Record<string, (typeof readKinds)[number]>> = {
  chip: "chip",
  fallback: "chip",
  contactless: "contactless",
  swipe: "magstripe",
}

/** Without a card at a terminal nothing speaks for or against what is in the store. */
const farFromTills = {
  terminal: { near: noneSeen, wide: noneSeen },
  operator: null,
  counters: null,
  otherReaders: null,
  store: { near: noneSeen, wide: noneSeen, minutes: noneSeen, terminals: 0, worked: 0 },
  release: null,
  spill: null,
}

/** How what was counted compares with each failed sale. */
export class Compared {
  readonly #tallies: Tallies
  readonly #rates = new Map<string, number>()

  constructor(tallies: Tallies) {
    this.#tallies = tallies
  }

  of(sale: JudgedSale): Comparisons {
    const shared = {
      issuer: sale.issuer === "" ? null : this.#ofIssuer(sale, sale.kind),
      acquirer: this.#ofAcquirer(sale),
    }
    if (sale.entryMode === "ecommerce") return { ...shared, ...farFromTills }
    return {
      ...shared,
      terminal: {
        near: this.#ofTerminal(sale, sale.kind, nearDays),
        wide: this.#ofTerminal(sale, sale.kind, wideDays),
      },
      operator: this.#ofOperator(sale),
      counters: this.#counters(sale),
      otherReaders: this.#otherReaders(sale),
      store: this.#ofStore(sale),
      release: this.#ofRelease(sale),
      spill: this.#spill(sale),
    }
  }

  /** How often sales fail in this way on the days around, without one terminal. */
  #rate(kind: FailureKind, day: string, without: number): number {
    const key = `${kind} ${day} ${without}`
    const known = this.#rates.get(key)
    if (known !== undefined) return known
    const rate = this.#rateOf(kind, day, without)
    this.#rates.set(key, rate)
    return rate
  }

  #rateOf(kind: FailureKind, day: string, without: number): number {
    const days = daysAround(day, wideDays)
    const failures =
      this.#tallies.failures.around(`all ${kind}`, days) -
      this.#tallies.failures.around(`t${without} ${kind}`, days)
    const sales =
      this.#tallies.volumes.around("all", days) - this.#tallies.volumes.around(`t${without}`, days)
    return (
      (Math.max(0, failures) + (shipped[kind] / 1000) * shippedSales) / (Math.max(0, sales) + shippedSales)
    )
  }

  /** Failures of a kind at the sale's terminal, without the sale and its customer's other attempts. */
  #ofTerminal(sale: JudgedSale, kind: FailureKind, reach: number): Against {
    const days = daysAround(sale.day, reach)
    const own = kind === sale.kind ? 1 : 0
    return {
      observed: Math.max(0, this.#tallies.failures.around(`t${sale.terminalId} ${kind}`, days) - own),
      expected:
        this.#rate(kind, sale.day, sale.terminalId) *
        this.#tallies.volumes.around(`t${sale.terminalId}`, days),
    }
  }

  #otherReaders(sale: JudgedSale): Against | null {
    if (!isRead(sale.kind)) return null
    const others = readKinds.filter((kind) => kind !== sale.kind)
    return others.map((kind) => this.#ofTerminal(sale, kind, wideDays)).reduce(plus, noneSeen)
  }

  #ofOperator(sale: JudgedSale): Surroundings["operator"] {
    const { kind, operator, terminalId, storeId, day } = sale
    if (operator === "") return null
    const days = daysAround(day, wideDays)
    const rate = this.#rate(kind, day, terminalId)
    const sales = this.#tallies.volumes.around(`o${operator}`, days)
    const ofTerminal = this.#tallies.volumes.around(`t${terminalId}`, days)
    const share = Math.min(1, sales / Math.max(1, this.#tallies.volumes.around(`s${storeId}`, days)))
    const failures = this.#tallies.failures.around(`o${operator} ${kind}`, days)
    const both = this.#tallies.failures.around(`t${terminalId} o${operator} ${kind}`, days)
    const atTerminal = this.#tallies.failures.around(`t${terminalId} ${kind}`, days)
    return {
      all: { observed: Math.max(0, failures - 1), expected: rate * sales },
      othersHere: { observed: Math.max(0, atTerminal - both), expected: rate * ofTerminal * (1 - share) },
      elsewhere: {
        observed: Math.max(0, failures - both),
        expected: rate * Math.max(0, sales - ofTerminal * share),
      },
    }
  }

  #counters({ kind, terminalId, day }: JudgedSale): Against | null {
    if (!isRead(kind)) return null
    const days = daysAround(day, nearDays)
    const [reads, errors] = countersOf[kind]
    const sum = (key: string) => this.#tallies.volumes.around(key, days)
    const exposure = sum(`t${terminalId} ${reads}`)
    if (exposure === 0) return null
    const allReads = sum(`all ${reads}`) - exposure
    const allErrors = sum(`all ${errors}`) - sum(`t${terminalId} ${errors}`)
    if (allReads < exposure) return null
    return { observed: sum(`t${terminalId} ${errors}`), expected: (exposure * allErrors) / allReads }
  }

  #ofStore(sale: JudgedSale): Surroundings["store"] {
    const { kind, storeId, terminalId, day } = sale
    const others = (reach: number): Against => {
      const days = daysAround(day, reach)
      const sum = (sums: DaySums, suffix: string) =>
        Math.max(0, sums.around(`s${storeId}${suffix}`, days) - sums.around(`t${terminalId}${suffix}`, days))
      return {
        observed: sum(this.#tallies.failures, ` ${kind}`),
        expected: this.#rate(kind, day, terminalId) * sum(this.#tallies.volumes, ""),
      }
    }
    const same = this.#around(`s${storeId} ${kind}`, sale, 1).filter((one) => one.terminalId !== terminalId)
    const sold = this.#othersInStore(sale)
    return {
      near: others(nearDays),
      wide: others(wideDays),
      minutes: {
        observed: sum(same),
        expected: this.#rate(kind, day, terminalId) * sold.presentments * 0.75,
      },
      terminals: new Set(same.map((one) => one.terminalId)).size,
      worked: sold.presentments - sold.failures,
    }
  }

  /** Sales at other terminals of the store within the hour. */
  #othersInStore({ storeId, terminalId, happenedAt }: JudgedSale) {
    const hour = Math.floor(happenedAt.getTime() / hourMs) * hourMs
    const store = this.#tallies.hours.get(`s${storeId} ${hour}`)
    const own = this.#tallies.hours.get(`t${terminalId} ${hour}`)
    return {
      presentments: Math.max(0, (store?.presentments ?? 0) - (own?.presentments ?? 0)),
      failures: Math.max(0, (store?.failures ?? 0) - (own?.failures ?? 0)),
    }
  }

  /** Failures of an owner and kind in the quarters of an hour around the sale. */
  #around(owner: string, { happenedAt }: JudgedSale, reach: number): Minutes[] {
    const quarter = Math.floor(happenedAt.getTime() / quarterMs) * quarterMs
    const found: Minutes[] = []
    for (let i = -reach; i <= reach; i += 1) {
      const rows = this.#tallies.minutes.get(`${owner} ${quarter + i * quarterMs}`)
      if (rows) found.push(...rows)
    }
    return found
  }

  /** Sales of the organisation in the quarters of an hour around the sale. */
  #soldAround({ happenedAt }: JudgedSale, reach: number): number {
    const quarter = Math.floor(happenedAt.getTime() / quarterMs) * quarterMs
    let sold = 0
    for (let i = -reach; i <= reach; i += 1) {
      const hour = Math.floor((quarter + i * quarterMs) / hourMs) * hourMs
      sold += (this.#tallies.hours.get(`s0 ${hour}`)?.presentments ?? 0) / 4
    }
    return sold
  }

  #ofIssuer(sale: JudgedSale, kind: FailureKind): NonNullable<Surroundings["issuer"]> {
    const { issuer, day, terminalId, storeId } = sale
    const today = [day]
    const ofIssuer = this.#tallies.volumes.around(`i${issuer}`, today)
    const share = ofIssuer / Math.max(1, this.#tallies.volumes.around("all", today))
    const rate = this.#rate(kind, day, terminalId)
    const within = (reach: number) =>
      this.#around(`i${issuer} ${kind}`, sale, reach).filter((one) => one.storeId !== storeId)
    const soon = within(1)
    const hours = within(4 * hoursAround)
    return {
      minutes: { observed: sum(soon), expected: rate * share * this.#soldAround(sale, 1) },
      hours: { observed: sum(hours), expected: rate * share * this.#soldAround(sale, 4 * hoursAround) },
      day: {
        observed: Math.max(0, this.#tallies.failures.around(`i${issuer} ${kind}`, today) - 1),
        expected: rate * ofIssuer,
      },
      stores: new Set(hours.map((one) => one.storeId)).size,
    }
  }

  #ofAcquirer(sale: JudgedSale): Surroundings["acquirer"] {
    const { acquirerId, kind, storeId, day, terminalId } = sale
    if (acquirerId === null) return null
    const found = this.#around(`a${acquirerId} ${kind}`, sale, 1).filter((one) => one.storeId !== storeId)
    const share =
      this.#tallies.volumes.around(`a${acquirerId}`, [day]) /
      Math.max(1, this.#tallies.volumes.around("all", [day]))
    // One issuer alone is the issuer.
    const isWide = new Set(found.map(({ issuer }) => issuer)).size > 1
    return {
      minutes: isWide
        ? {
            observed: sum(found),
            expected: this.#rate(kind, day, terminalId) * share * this.#soldAround(sale, 1),
          }
        : noneSeen,
      stores: new Set(found.map((one) => one.storeId)).size,
    }
  }

  /** A release that the nights have found to be bad makes such failures at the sale's terminal. */
  #ofRelease({ kind, terminalId, day }: JudgedSale): Surroundings["release"] {
    const terminal = this.#tallies.terminals.get(terminalId)
    const bad = this.#tallies.badReleases.find(
      ({ model, release, component, firstDay, lastDay }) =>
        model === terminal?.model &&
        terminal?.releases.includes(release) &&
        component === kind &&
        day >= addDays(firstDay, -foundAfterDays) &&
        (lastDay === null || day <= lastDay),
    )
    return bad ? { release: bad.release, seen: { observed: bad.observed, expected: bad.expected } } : null
  }

  /** What may hide behind an answer that names the account or the customer. */
  #spill(sale: JudgedSale): Surroundings["spill"] {
    const { kind, entryMode, day, terminalId } = sale
    if (kind !== "issuer" && kind !== "user" && kind !== "unknown") return null
    const usual = this.#rate(kind, day, terminalId)
    const shareOf = (one: FailureKind) => this.#rate(one, day, terminalId) / usual
    const suspects = failureKinds.filter((one) => one === "line" || one === readOf[entryMode])
    const [worst] = suspects
      .map((one) => ({ seen: this.#ofTerminal(sale, one, nearDays), share: shareOf(one) }))
      .toSorted(
        (a, b) =>
          (b.seen.observed - b.seen.expected) * b.share - (a.seen.observed - a.seen.expected) * a.share,
      )
    const line = this.#ofStore({ ...sale, kind: "line" }).minutes
    return {
      terminal: worst ?? { seen: noneSeen, share: 0 },
      issuer:
        sale.issuer === "" ? null : { seen: this.#ofIssuer(sale, "host").minutes, share: shareOf("host") },
      store: { seen: line, share: shareOf("line") },
    }
  }
}

const sum = (found: readonly Minutes[]): number => found.reduce((total, { failures }) => total + failures, 0)
