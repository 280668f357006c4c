import type { OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import { tidKey, type Known, type KnownStore, type KnownTerminal } from "@/lib/fleet/terminals/files/known"
import { canBecome } from "@/lib/fleet/terminals/life/life"
import { placeholderMessage } from "@/lib/fleet/terminals/placeholder"
import {
  noPurchase,
  refusePurchase,
  changedPurchase,
  type Purchase,
} from "@/lib/fleet/terminals/purchase/purchase"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import type { RefusalCode, RowOutcome } from "@/lib/fleet/terminals/words"

export type Change = { field: string; from: string | null; to: string | null }
export type RowError = {
  code: RefusalCode
  field: string
  message: string
  value: string | null
  other: string | null
}

export type GivenRow = { line: number; entry: TerminalEntry }
export type RowPlan = {
  line: number
  serial: string | null
  outcome: RowOutcome
  changes: Change[]
  refusal: RowError | null
  /** The row with all missing values resolved. Null if the row is refused. */
  entry: TerminalEntry | null
}

class Refused extends Error {
  readonly refusal: RowError
  constructor(
    code: RefusalCode,
    field: string,
    message: string,
    { value = null, other = null }: { value?: string | null; other?: string | number | null } = {},
  ) {
    super(message)
    this.refusal = { code, field, message, value, other: other === null ? null : String(other) }
  }
}

/**
 * Plans what each row does to its terminal, in order. Later rows see the effect of earlier ones. A refused
 * row has a reason and does not change `known`.
 */
export const planTerminals = (rows: readonly GivenRow[], known: Known, makesMissing: boolean): RowPlan[] =>
  rows.map((row) => planRow(row, known, makesMissing))

export const refusedRow = (line: number, serial: string | null, refusal: RowError): RowPlan => ({
  line,
  serial,
  outcome: "refused",
  changes: [],
  refusal,
  entry: null,
})

function planRow({ line, entry: given }: GivenRow, known: Known, makesMissing: boolean): RowPlan {
  const { serial } = given
  try {
    if (known.isPlaceholder(serial))
      throw new Refused("placeholder_serial", "serial", placeholderMessage(serial), { value: serial })
    const first = known.lines.get(serial)
    if (first !== undefined)
      throw new Refused(
        "duplicate_serial",
        "serial",
        `line ${first} of the file has the same serial number`,
        { value: serial, other: first },
      )
    known.lines.set(serial, line)
    const terminal = known.terminals.get(serial)
    const retires = planStatus(given, terminal)
    const tid = planTid(given, terminal, known, makesMissing)
    const store = planStore(given, terminal, known, makesMissing)
    if (given.model !== undefined && !known.models.has(given.model) && !makesMissing)
      throw new Refused("unknown_model", "model", "unknown model", { value: given.model })
    const purchase = planPurchase(given, terminal, known, makesMissing)

    const own: Change[] = [
      ...changed("model", terminal?.model, given.model),
      ...changed("status", terminal?.status, given.status),
      ...changed("store", terminal?.store, store?.after.code),
      ...changed(
        "labels",
        terminal?.labels.toSorted().join("; ") || null,
        given.labels?.toSorted().join("; "),
      ),
      ...retires.map(({ tid: ended }) => ({ field: "tid", from: ended, to: null })),
      ...(tid && !tid.isHeld ? [{ field: "tid", from: tid.before, to: tid.tid }] : []),
      ...(purchase ? purchaseChanges(terminal ?? noPurchase, purchase) : []),
    ]
    const changes = [...own, ...(store?.changes ?? [])]
    const outcome = terminal === undefined ? "created" : changes.length > 0 ? "changed" : "unchanged"
    if (given.model !== undefined) known.models.add(given.model)
    if (purchase?.supplier && !known.suppliers.has(purchase.supplier.name))
      known.suppliers.set(purchase.supplier.name, { ...purchase.supplier, isSupplier: true })
    if (store && (store.changes.length > 0 || !store.after.hasHistory))
      recordStore(known, { ...store.after, hasHistory: true })
    releaseTids(
      known,
      retires.map(({ acquirer, tid }) => tidKey(acquirer, tid)),
    )
    if (tid && !tid.isHeld) recordTid(known, serial, tid)
    const entry: TerminalEntry = {
      serial,
      model: given.model,
      status: given.status,
      labels: given.labels,
      store: store?.after.code,
      ...(tid ? { tid: tid.tid, acquirer: tid.acquirer ?? undefined } : {}),
      ...(purchase
        ? {
            supplier: purchase.supplier?.name,
            boughtOn: purchase.boughtOn ?? undefined,
            warrantyUntil: purchase.warrantyUntil ?? undefined,
          }
        : {}),
    }
    if (tid) known.tidLines.set(tid.key, { line, serial })
    return { line, serial, outcome, changes, refusal: leftOutOf(given, store), entry }
  } catch (error) {
    if (error instanceof Refused) return refusedRow(line, serial, error.refusal)
    throw error
  }
}

const changed = (field: string, from: string | null | undefined, to: string | undefined): Change[] =>
  to === undefined || to === from ? [] : [{ field, from: from ?? null, to }]

/**
 * Plans the row's status, and the TIDs that the terminal loses by retiring. Files follow the same rules as
 * people.
 */
function planStatus(
  { status, tid }: TerminalEntry,
  terminal: KnownTerminal | undefined,
): KnownTerminal["tids"] {
  const before = terminal?.status ?? null
  const after = status ?? before
  if (before !== null && after !== null && after !== before && !canBecome(before, after)) {
    throw new Refused("not_possible", "status", `the terminal is ${before} and cannot become ${after}`, {
      value: after,
      other: before,
    })
  }
  if (after !== "retired") return []
  if (tid !== undefined)
    throw new Refused("retired_tid", "tid", "a retired terminal has no TID: leave it blank", { value: tid })
  return before === "retired" ? [] : (terminal?.tids ?? [])
}

type Tid = {
  tid: string
  acquirer: string | null
  key: string
  isHeld: boolean
  before: string | null
  released: string[]
}

/**
 * Plans the row's TID. Without an acquirer, it belongs to the terminal's only acquirer. A file cannot take
 * a TID from another terminal.
 */
function planTid(
  { serial, tid, acquirer: named }: TerminalEntry,
  terminal: KnownTerminal | undefined,
  known: Known,
  makesMissing: boolean,
): Tid | null {
  if (named !== undefined && !known.acquirers.has(named)) {
    if (!makesMissing) throw new Refused("unknown_acquirer", "acquirer", "unknown acquirer", { value: named })
    known.acquirers.set(named, named)
  }
  if (tid === undefined) return null
  const current = terminal?.tids ?? []
  const acquirer =
    named === undefined
      ? current.length === 1
        ? (current[0]?.acquirer ?? null)
        : null
      : (known.acquirers.get(named) ?? named)
  const key = tidKey(acquirer, tid)
  const earlier = known.tidLines.get(key)
  if (earlier && earlier.serial !== serial)
    throw new Refused("tid_twice", "tid", `line ${earlier.line} of the file has the same TID`, {
      value: tid,
      other: earlier.line,
    })
  const holder = known.holders.get(key)
  if (holder !== undefined && holder !== serial)
    throw new Refused(
      "tid_taken",
      "tid",
      `terminal ${holder} has this TID at the acquirer: swap the terminals or use another TID`,
      { value: tid, other: holder },
    )
  const replaced = current.filter(
    (one) => (one.acquirer === acquirer || one.acquirer === null) && tidKey(one.acquirer, one.tid) !== key,
  )
  return {
    tid,
    acquirer,
    key,
    isHeld: holder === serial,
    before: replaced[0]?.tid ?? null,
    released: replaced.map((one) => tidKey(one.acquirer, one.tid)),
  }
}

function recordTid(known: Known, serial: string, { key, released }: Tid): void {
  releaseTids(known, released)
  known.holders.set(key, serial)
}

function releaseTids(known: Known, keys: string[]): void {
  for (const key of keys) known.holders.delete(key)
  for (const key of keys) known.released.add(key)
}

/** The purchase after the row. Null if the row does not mention it. */
function planPurchase(
  { supplier: name, boughtOn, warrantyUntil }: TerminalEntry,
  terminal: KnownTerminal | undefined,
  known: Known,
  makesMissing: boolean,
): Purchase | null {
  if (name === undefined && boughtOn === undefined && warrantyUntil === undefined) return null
  const before = terminal ?? noPurchase
  const found = name === undefined ? undefined : known.suppliers.get(name)
  if (name !== undefined && !found && !makesMissing)
    throw new Refused("unknown_supplier", "supplier", "unknown supplier: add it under Suppliers first", {
      value: name,
    })
  if (found && !found.isSupplier && before.supplier?.name !== name)
    throw new Refused(
      "not_a_supplier",
      "supplier",
      "this is only a manufacturer: mark it as a supplier under Suppliers",
      { value: found.name },
    )
  const seller = found ?? (name === undefined ? undefined : { name, warrantyMonths: null })
  const purchase = changedPurchase(before, { supplier: seller, boughtOn, warrantyUntil })
  const refusal = refusePurchase(purchase)
  if (refusal !== null)
    throw new Refused("warranty_before_purchase", "warrantyUntil", refusal, {
      value: purchase.warrantyUntil,
      other: purchase.boughtOn,
    })
  return purchase
}

const purchaseChanges = (before: Purchase, after: Purchase): Change[] =>
  (
    [
      ["supplier", before.supplier?.name ?? null, after.supplier?.name ?? null],
      ["boughtOn", before.boughtOn, after.boughtOn],
      ["warrantyUntil", before.warrantyUntil, after.warrantyUntil],
    ] as const
  ).flatMap(([field, from, to]) => (from === to ? [] : [{ field, from, to }]))

const placeFields = ["storeName", "merchant", "region", "timeZone", "address", "openingHours"] as const

type Place = { after: KnownStore; changes: Change[] }

/** The store that a row names or implies, after the row. Null if the row does not mention a place. */
function planStore(
  given: TerminalEntry,
  terminal: KnownTerminal | undefined,
  known: Known,
  makesMissing: boolean,
): Place | null {
  const code = storeCode(given, terminal, known, makesMissing)
  if (code === null) return null
  const before = known.stores.get(code)
  if (!before && !makesMissing) throw new Refused("unknown_store", "store", "unknown store", { value: code })
  const merchant = given.merchant ?? before?.merchant ?? null
  if (given.merchant !== undefined && !known.merchants.has(given.merchant) && !makesMissing)
    throw new Refused("unknown_merchant", "merchant", "unknown merchant", { value: given.merchant })
  if (given.region !== undefined) {
    if (merchant === null)
      throw new Refused("merchant_missing", "region", "a region needs its merchant: name the merchant too", {
        value: given.region,
      })
    if (!known.regions.has(regionKey(merchant, given.region)) && !makesMissing)
      throw new Refused("unknown_region", "region", `${merchant} has no region of this name`, {
        value: given.region,
      })
  }
  // The days would be recounted, which somebody must confirm in the store's form.
  if (before?.hasHistory && given.timeZone !== undefined && given.timeZone !== before.timeZone) {
    throw new Refused(
      "time_zone_kept",
      "timeZone",
      `terminals are or were in store ${code}: change its time zone in the store's form`,
      { value: given.timeZone, other: before.timeZone },
    )
  }
  const after: KnownStore = {
    code,
    name: given.storeName ?? before?.name ?? code,
    merchant,
    // A region belongs to one merchant, so another merchant clears it.
    region: given.region ?? (merchant === before?.merchant ? (before?.region ?? null) : null),
    timeZone: given.timeZone ?? before?.timeZone ?? known.timeZone,
    address: given.address ?? before?.address ?? null,
    openingHours: given.openingHours ?? before?.openingHours ?? null,
    isUnassigned: before?.isUnassigned ?? false,
    hasHistory: before?.hasHistory ?? false,
  }
  if (!before)
    return {
      after,
      changes: differences(
        { ...after, name: "", merchant: null, region: null, timeZone: "", address: null, openingHours: null },
        after,
      ),
    }
  return { after, changes: differences(before, after) }
}

function storeCode(
  given: TerminalEntry,
  terminal: KnownTerminal | undefined,
  known: Known,
  makesMissing: boolean,
): string | null {
  if (given.store !== undefined) return given.store
  if (given.storeName !== undefined) {
    const name = given.storeName
    const named = [...known.stores.values()].filter(
      (store) => store.name === name && (given.merchant === undefined || store.merchant === given.merchant),
    )
    if (named.length > 1)
      throw new Refused("store_ambiguous", "storeName", "several stores have this name: use the code", {
        value: name,
      })
    if (named[0]) return named[0].code
    if (!makesMissing) throw new Refused("unknown_store", "storeName", "unknown store", { value: name })
    return name
  }
  const named = placeFields.filter((one) => given[one] !== undefined)
  if (named.length === 0) return null
  const present = terminal?.store == null ? undefined : known.stores.get(terminal.store)
  if (present && !present.isUnassigned) return present.code
  const field = named.find((one) => one !== "address")
  if (field === undefined) return null
  throw new Refused("store_missing", field, "this belongs to a store: name the store too", {
    value: String(given[field]),
  })
}

/** What of a row that is taken is left out: an address without a store to keep it. */
const leftOutOf = ({ address }: TerminalEntry, store: Place | null): RowError | null =>
  store !== null || address === undefined
    ? null
    : {
        code: "left_out",
        field: "address",
        message: "is left out: it belongs to a store, and the row names none",
        value: address,
        other: null,
      }

const regionKey = (merchant: string, region: string): string => `${merchant}\0${region}`

function differences(before: KnownStore, after: KnownStore): Change[] {
  const fields = [
    ["storeName", "name"],
    ["merchant", "merchant"],
    ["region", "region"],
    ["timeZone", "timeZone"],
    ["address", "address"],
  ] as const
  const plain = fields.flatMap(([field, key]): Change[] =>
    before[key] === after[key] ? [] : [{ field, from: before[key] || null, to: after[key] }],
  )
  const [from, to] = [hoursText(before.openingHours), hoursText(after.openingHours)]
  return from === to ? plain : [...plain, { field: "openingHours", from, to }]
}

/** Opening hours as a cell, for example 09:00-21:30 if every day is the same. */
export function hoursText(hours: OpeningHours | null): string | null {
  if (hours === null) return null
  const days = weekdays.map((day) => (hours[day] ?? []).map((span) => span.join("-")).join(" "))
  if (days[0] !== "" && days.every((text) => text === days[0])) return days[0] ?? null
  return weekdays.flatMap((day, i) => (days[i] === "" ? [] : [`${day} ${days[i]}`])).join(", ")
}

function recordStore(known: Known, store: KnownStore): void {
  known.stores.set(store.code, store)
  known.touched.set(store.code, store)
  if (store.merchant !== null) known.merchants.add(store.merchant)
  if (store.merchant !== null && store.region !== null)
    known.regions.add(regionKey(store.merchant, store.region))
}
