import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { keptFresh } from "@/lib/base/kept/kept-fresh"
import { causes } from "@/lib/fleet/code-packs/cause"
import { failureRate } from "@/lib/insight/rates/rate"
import {
  placeGroups,
  segmentGroups,
  terminalGroups,
  terminalsIn,
  totals,
  type BothCounts,
  type GroupRow,
  type PlaceGrouping,
  type TotalRow,
} from "@/lib/insight/rates/rates-sql"
import { hasManyStores, mostListed, readingOf } from "@/lib/insight/rates/reading"
import { namesCodes, type Filters, type Reading } from "@/lib/insight/rates/rows-sql"
import type { FailureRatePage, FailureRateQuery } from "@/lib/insight/rates/schemas"
import { toldApart } from "@/lib/insight/rates/told-apart"
import { groupingsWithin, sharesOfTotal, type Grouping } from "@/lib/insight/rates/words"
import { asOf } from "@/lib/rollups/fold/as-of"

const byNumber = new Intl.Collator("en", { numeric: true })

/** The most groups that are answered. */
const mostGroups = 1_000
/** Terminals and operators are many, so they are only answered within so many terminals or stores. */
const mostAtOnce = mostListed

const ofPlaces: readonly Grouping[] = ["store", "merchant", "region"] satisfies PlaceGrouping[]
const isOfPlaces = (grouping: Grouping): grouping is PlaceGrouping => ofPlaces.includes(grouping)

const shareOf = (row: BothCounts, total: BothCounts): BothCounts => ({
  ...row,
  presentments: total.presentments,
  raw_attempts: total.raw_attempts,
  previous_presentments: total.previous_presentments,
  previous_raw_attempts: total.previous_raw_attempts,
})

const causeRows = (total: TotalRow): GroupRow[] =>
  causes.map((cause) => ({
    ...total,
    value: cause,
    label: null,
    groups: causes.length,
    failures: total[cause],
    raw_failures: total[`raw_${cause}`],
    previous_failures: total[`previous_${cause}`],
    previous_raw_failures: total[`previous_raw_${cause}`],
  }))

/** Whether a grouping is read from the rows of terminals. */
const isOfTerminals = (grouping: Grouping, { terminal }: Filters): grouping is "terminal" | "model" =>
  grouping === "terminal" || (grouping === "model" && terminal !== undefined)

/** Whether a grouping is read from segments, which are kept by day. */
const isOfSegments = (grouping: Grouping, filters: Filters): boolean =>
  grouping !== "cause" && !isOfPlaces(grouping) && !isOfTerminals(grouping, filters)

const tooMany = (what: string) =>
  new AppError(
    "invalid",
    `Rates by ${what} are answered within ${mostAtOnce} ${what === "terminal" ? "terminals" : "stores"}: ` +
      "add store, merchant or region.",
    { field: "groupBy" },
  )

async function terminalsOf(db: Db, reading: Reading): Promise<number[]> {
  if (reading.filters.terminal !== undefined) return [reading.filters.terminal]
  const terminals = await terminalsIn(db, reading, mostAtOnce + 1)
  if (terminals.length > mostAtOnce) throw tooMany("terminal")
  return terminals.map(({ id }) => id)
}

async function groupsOf(
  db: Db,
  { grouping, reading, total }: { grouping: Grouping; reading: Reading; total: TotalRow },
): Promise<GroupRow[]> {
  const { filters } = reading
  if (grouping === "cause") return causeRows(total)
  if (isOfPlaces(grouping)) return placeGroups(db, grouping, reading, mostGroups)
  if (grouping === "terminal" || isOfTerminals(grouping, filters)) {
    const terminals = await terminalsOf(db, reading)
    return terminalGroups(db, grouping, reading, { terminals, limit: mostGroups })
  }
  if (grouping === "operator" && (await hasManyStores(db, filters))) throw tooMany(grouping)
  return segmentGroups(db, grouping, reading, mostGroups)
}

async function totalOf(db: Db, reading: Reading): Promise<TotalRow> {
  const [total] = await totals(db, reading)
  if (!total) throw new Error("a sum without groups returns one row")
  return total
}

type Counted = { total: TotalRow; rows: GroupRow[]; asOf: Date }

/**
 * Groups of very many stores read a row of each store and day, and screens ask for them every few seconds. So
 * they are kept for a minute, with their total.
 */
const kept = keptFresh<Counted>({ freshMs: 60_000, mostMs: 300_000, most: 200 })

/** `isLarge`: groups of very many stores. */
type Grouped = { actor: Actor; grouping: Grouping; reading: Reading; isLarge: boolean }

/** The groups with their total and the time up to which they are counted. */
function countedGroups(db: Db, { actor, isLarge, ...asked }: Grouped): Promise<Counted> {
  const count = async (on: Db): Promise<Counted> => {
    const total = await totalOf(on, asked.reading)
    return { total, rows: await groupsOf(on, { ...asked, total }), asOf: await asOf(on, actor.orgId) }
  }
  if (!isLarge || actor.stores !== null) return count(db)
  const key = JSON.stringify([actor.orgId, asked.grouping, asked.reading.range, asked.reading.filters])
  return kept(key, { first: () => count(db), again: () => inOrganisation(actor, count) })
}

type Dividing<By extends Grouping> = { actor: Actor; by: readonly By[]; reading: Reading }
/** `groups`: how many there are, answered or not. */
export type SalesGroup = Pick<GroupRow, "value" | "label" | "groups" | "presentments">
type Divided<By extends Grouping> = {
  total: TotalRow
  groups: Partial<Record<By, readonly SalesGroup[]>>
  asOf: Date
}

/** Sales by several groupings. Those are left out that would have too many groups, or are not kept. */
export async function dividedSales<By extends Grouping>(
  db: Db,
  { actor, by, reading }: Dividing<By>,
): Promise<Divided<By>> {
  const total = await totalOf(db, reading)
  const groups: Divided<By>["groups"] = {}
  const isLarge = await hasManyStores(db, reading.filters)
  for (const grouping of by) {
    if (!groupingsWithin(reading.filters).includes(grouping)) continue
    const rows =
      isLarge && isOfPlaces(grouping)
        ? (await countedGroups(db, { actor, grouping, reading, isLarge })).rows
        : await groupsOf(db, { grouping, reading, total }).catch(orTooMany)
    if (rows) groups[grouping] = await toldApart(db, grouping, rows)
  }
  return { total, groups, asOf: await asOf(db, actor.orgId) }
}

function orTooMany(error: unknown): null {
  if (error instanceof AppError && error.code === "invalid") return null
  throw error
}

type Input = { actor: Actor; query: FailureRateQuery; now?: Date }

/** Failure rates by a grouping, with counts, 95% intervals and the previous period. Most failures first. */
export async function failureRates({ actor, query, now = new Date() }: Input): Promise<FailureRatePage> {
  requirePermission(actor, "fleet:read")
  const { from, to, range, groupBy, compareFrom, compareTo, ...filters } = query
  const bySegment = isOfSegments(groupBy, filters)
  if (!groupingsWithin(filters).includes(groupBy)) {
    throw new AppError(
      "invalid",
      `Rates by ${groupBy} are not kept within these filters: leave out terminal, model, subcause or code.`,
      { field: "groupBy" },
    )
  }
  return inOrganisation(actor, async (db) => {
    const wanted = { from, to, range, compareFrom, compareTo }
    const isLarge = isOfPlaces(groupBy) && (await hasManyStores(db, filters))
    if (isLarge && namesCodes(filters)) throw tooMany(groupBy)
    const daysOnly = bySegment || isLarge
    const { used, ...reading } = await readingOf(db, { actor, wanted, filters, daysOnly, now })
    const {
      total,
      rows,
      asOf: countedTo,
    } = await countedGroups(db, { actor, grouping: groupBy, reading, isLarge })
    const data = (await toldApart(db, groupBy, rows)).map((row) => ({
      value: row.value,
      label: row.label,
      ...failureRate(sharesOfTotal.includes(groupBy) ? shareOf(row, total) : row),
    }))
    data.sort(
      (a, b) =>
        b.failures - a.failures ||
        b.previous.failures - a.previous.failures ||
        byNumber.compare(a.value ?? "", b.value ?? ""),
    )
    return {
      data,
      leftOut: (rows[0]?.groups ?? 0) - rows.length,
      total: failureRate(total),
      groupBy,
      resolution: used.range.resolution,
      from: used.from,
      to: used.to,
      days: used.days,
      previousPeriod: used.previous,
      asOf: countedTo.toISOString(),
    }
  })
}
