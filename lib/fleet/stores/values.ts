import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { NewStore, Store, StoreChange } from "@/lib/fleet/stores/schemas"
import { merchantOf, regionOf, type StoreValues } from "@/lib/fleet/stores/sql"

type Given<Values> = { [Field in keyof Values]?: Exclude<Values[Field], undefined> }

const given = <Values extends object>(values: Values): Given<Values> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<Values>

const nothing = {
  timeZone: null,
  address: null,
  latitude: null,
  longitude: null,
  openingHours: null,
  hoursExceptions: {},
  closedOn: null,
  contactName: null,
  contactPhone: null,
  contactEmail: null,
  merchantId: null,
  regionId: null,
} satisfies Omit<StoreValues, "code" | "name">

/** The values to store for a new or changed store. Refuses values that contradict each other. */
export async function storeValues(
  db: Db,
  { before, change }: { before: null; change: NewStore } | { before: Store; change: StoreChange },
): Promise<StoreValues> {
  const old = before && {
    ...before,
    merchantId: before.merchant?.id ?? null,
    regionId: before.region?.id ?? null,
  }
  const values = { ...nothing, code: "", name: "", ...old, ...given(change) }
  if ((values.latitude === null) !== (values.longitude === null)) {
    throw new AppError("invalid", "A position needs both latitude and longitude.", {
      field: values.latitude === null ? "latitude" : "longitude",
    })
  }
  return { ...values, ...(await placeOf(db, { old: old ?? nothing, change })) }
}

type Place = Pick<StoreValues, "merchantId" | "regionId">

/** A new region sets its merchant. A new merchant clears a region of another merchant. */
async function placeOf(db: Db, { old, change }: { old: Place; change: StoreChange }): Promise<Place> {
  const merchantId = change.merchantId === undefined ? old.merchantId : change.merchantId
  const regionId =
    change.regionId === undefined ? (merchantId === old.merchantId ? old.regionId : null) : change.regionId
  const [merchant] = merchantId === null ? [] : await merchantOf(db, merchantId)
  if (merchantId !== null && !merchant)
    throw new AppError("invalid", "This merchant does not exist.", { field: "merchantId" })
  if (regionId === null) return { merchantId, regionId }
  const [region] = await regionOf(db, regionId)
  if (!region) throw new AppError("invalid", "This region does not exist.", { field: "regionId" })
  if (change.merchantId !== undefined && region.merchantId !== merchantId)
    throw new AppError("invalid", "This region belongs to another merchant.", { field: "regionId" })
  return { merchantId: region.merchantId, regionId }
}

/** The fields of a store in audit entries. */
export function auditEntryOf({
  merchant,
  region,
  code,
  name,
  timeZone,
  address,
  latitude,
  longitude,
  openingHours,
  hoursExceptions,
  closedOn,
  contactName,
  contactPhone,
  contactEmail,
}: Store) {
  return {
    code,
    name,
    merchant: merchant?.name ?? null,
    region: region?.name ?? null,
    timeZone,
    address,
    latitude,
    longitude,
    openingHours,
    hoursExceptions,
    closedOn,
    contactName,
    contactPhone,
    contactEmail,
  }
}
