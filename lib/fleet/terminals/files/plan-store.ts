import type { OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import type { Known, KnownStore, KnownTerminal } from "@/lib/fleet/terminals/files/known"
import { Refused, type Change, type RowError } from "@/lib/fleet/terminals/files/row-error"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"

const placeFields = ["storeName", "merchant", "region", "timeZone", "address", "openingHours"] as const

const noStore = {
  name: "",
  merchant: null,
  region: null,
  timeZone: "",
  address: null,
  openingHours: null,
}

export type PlannedStore = { after: KnownStore; changes: Change[] }

/** The store that a row names or implies, after the row. Null if the row does not mention a place. */
export function planStore(
  given: TerminalEntry,
  terminal: KnownTerminal | undefined,
  known: Known,
  makesMissing: boolean,
): PlannedStore | null {
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
  return { after, changes: differences(before ?? { ...after, ...noStore }, after) }
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

/** Reports an address that is left out because the row names no store. The row itself is accepted. */
export const leftOut = ({ address }: TerminalEntry, store: PlannedStore | null): RowError | null =>
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
function hoursText(hours: OpeningHours | null): string | null {
  if (hours === null) return null
  const days = weekdays.map((day) => (hours[day] ?? []).map((span) => span.join("-")).join(" "))
  if (days[0] !== "" && days.every((text) => text === days[0])) return days[0] ?? null
  return weekdays.flatMap((day, i) => (days[i] === "" ? [] : [`${day} ${days[i]}`])).join(", ")
}

export function recordStore(known: Known, store: KnownStore): void {
  known.stores.set(store.code, store)
  known.touched.set(store.code, store)
  if (store.merchant !== null) known.merchants.add(store.merchant)
  if (store.merchant !== null && store.region !== null)
    known.regions.add(regionKey(store.merchant, store.region))
}
