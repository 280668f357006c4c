import sql, { empty, join, type Sql } from "sql-template-tag"
import { contains } from "@/lib/base/db/contains"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { countRows } from "@/lib/base/pages/count"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import { addDays, type Day } from "@/lib/base/time/zone"
import { isAsking } from "@/lib/fleet/catalogue/open-flags"
import { isOpenStore } from "@/lib/fleet/stores/open-store"
import type { Store, StoreQuery } from "@/lib/fleet/stores/schemas"
import type { StoreLack } from "@/lib/fleet/stores/words"

const joined = sql`
    from store s
    left join merchant m on m.id = s.merchant_id
    left join region r on r.id = s.region_id`

/** Whether store `s` is closed for good. */
const isClosed = sql`(not ${isOpenStore})`

const shownWith = (more: Sql): Sql => sql`
  select s.id, s.code, s.name,
         case when m.id is not null then jsonb_build_object('id', m.id, 'name', m.name) end as merchant,
         case when r.id is not null then jsonb_build_object('id', r.id, 'name', r.name) end as region,
           s.time_zone as "timeZone", s.address,
         s.latitude, s.longitude, s.opening_hours as "openingHours", s.hours_exceptions as "hoursExceptions",
         s.closed_on as "closedOn",
         s.contact_name as "contactName", s.contact_phone as "contactPhone",
         s.contact_email as "contactEmail",
         ${isClosed} as "isClosed",
         s.is_unassigned as "isUnassigned",
         -- Of exists PostgreSQL would read all terminals at once.
         coalesce((select true from terminal_store p where p.store_id = s.id limit 1), false) as "hasHistory",
         (select count(*) from terminal_store p where p.store_id = s.id and p.to_at is null) as terminals,
         (select count(*) from terminal_store p join flag f on f.terminal_id = p.terminal_id
           and ${isAsking}
           where p.store_id = s.id and p.to_at is null) as "openFlags" ${more}
  ${joined}`

/** `found` has the stores of `q` if they were looked up. */
type Filters = Pick<StoreQuery, "q" | "merchant" | "region" | "closed"> & {
  found?: readonly number[] | undefined
  lacks?: Lacking | undefined
}
/** `unsold` are the stores of some zones that sold nothing yesterday: two or three such lists at most. */
export type Lacking = {
  what: StoreLack
  unsold: readonly { zones: readonly string[]; ids: readonly number[] }[]
}

const within = (column: Sql, filter: StoreQuery["merchant"]): Sql =>
  filter === undefined
    ? empty
    : filter === "none"
      ? sql`and ${column} is null`
      : sql`and ${column} = ${filter}::bigint`

/** As `stores_named` finds it. */
const isNamed = (q: string): Sql =>
  contains([sql`s.name`, sql`s.code`, sql`s.address`, sql`m.name`, sql`r.name`], q)

const named = ({ q, found }: Filters): Sql =>
  found ? sql`and s.id = any(${[...found]}::bigint[])` : q ? sql`and ${isNamed(q)}` : empty

const weeksBefore = [1, 2, 3, 4]

/**
 * Stores that sold on this weekday in each of the last four weeks, and not yesterday. Looked up before the
 * list is read: Citus crashes on the list's outer joins beside this.
 */
export function storesWithoutUsualSales(db: Db, yesterday: Day) {
  const days = [yesterday, ...weeksBefore.map((weeks) => addDays(yesterday, -7 * weeks))]
  return db.query<{ id: number }>(sql`
  select d.store_id as id
    from (select store_id, day from place_day
           where org_id = ${ownOrg} and store_id <> 0 and presentments > 0
             and day = any(${days}::date[])
           group by 1, 2) d
   group by 1
  having count(*) = ${weeksBefore.length}::int and not bool_or(d.day = ${yesterday}::date)`)
}

const lacksSales = (unsold: Lacking["unsold"]): Sql =>
  unsold.length === 0
    ? sql`false`
    : sql`(${join(
        unsold.map(
          ({ zones, ids }) =>
            sql`(s.time_zone = any(${[...zones]}::text[]) and s.id = any(${[...ids]}::bigint[]))`,
        ),
        " or ",
      )})`

const lackOf = ({ what, unsold }: Lacking): Sql =>
  ({
    hours: sql`s.opening_hours is null`,
    position: sql`(s.latitude is null or s.longitude is null)`,
    sales: lacksSales(unsold),
  })[what]

export const zonesOfStores = (db: Db) =>
  db.query<{ zone: string }>(sql`
  select distinct time_zone as zone from store where org_id = ${ownOrg}`)

const matching = ({ merchant, region, closed, lacks, ...text }: Filters): Sql => sql`
  s.org_id = ${ownOrg}
  ${named(text)}
  ${within(sql`s.merchant_id`, merchant)}
  ${within(sql`s.region_id`, region)}
  ${closed === undefined ? empty : sql`and ${isClosed} = ${closed === "true"}::boolean`}
  ${lacks === undefined ? empty : sql`and not s.is_unassigned and not ${isClosed} and ${lackOf(lacks)}`}`

export const storeOrder: ListOrder = {
  list: "stores by name",
  keys: [
    { value: sql`s.name`, type: "text" },
    { value: sql`s.id`, type: "bigint" },
  ],
}

export const storesNamed = (db: Db, q: string, most: number) =>
  db.query<{ id: number }>(sql`select stores_named(${q}, ${most}::int) as id`)

export const storePage = (db: Db, filters: Filters, slice: Slice) =>
  db.query<Store & { place: Place }>(sql`
  ${shownWith(sql`, ${slice.place} as place`)}
   where ${matching(filters)} and ${slice.condition}
  ${slice.ordered}`)

export const countStores = (db: Db, filters: Filters) =>
  countRows(db, sql`select s.id ${joined} where ${matching(filters)}`)

export const storeById = (db: Db, storeId: number) =>
  db.query<Store>(sql`${shownWith(empty)} where s.id = ${storeId}::bigint`)

/** Locks a store. */
export const lockStore = (db: Db, storeId: number) =>
  db.query(sql`select id from store where id = ${storeId}::bigint for update`)

/** No row if the merchant does not exist. */
export const merchantOf = (db: Db, merchantId: number) =>
  db.query<{ id: number }>(sql`select id from merchant where id = ${merchantId}::bigint`)
export const regionOf = (db: Db, regionId: number) =>
  db.query<{ merchantId: number }>(
    sql`select merchant_id as "merchantId" from region where id = ${regionId}::bigint`,
  )

export type StoreValues = Pick<
  Store,
  | "code"
  | "name"
  | "address"
  | "latitude"
  | "longitude"
  | "openingHours"
  | "hoursExceptions"
  | "closedOn"
  | "contactName"
  | "contactPhone"
  | "contactEmail"
> & { timeZone: string | null; merchantId: number | null; regionId: number | null }

/** Without a time zone it gets the organisation's. */
export const insertStore = (db: Db, values: StoreValues) =>
  db.query<{ id: number }>(sql`
  insert into store (org_id, code, name, merchant_id, region_id, time_zone, address, latitude, longitude,
    opening_hours, hours_exceptions, closed_on,
                     contact_name, contact_phone, contact_email)
  select ${ownOrg}, ${values.code}, ${values.name}, ${values.merchantId}::bigint, ${values.regionId}::bigint,
         coalesce(${values.timeZone}, o.time_zone),
         ${values.address}, ${values.latitude}::float8, ${values.longitude}::float8,
         ${values.openingHours && JSON.stringify(values.openingHours)}::jsonb,
         ${JSON.stringify(values.hoursExceptions)}::jsonb, ${values.closedOn}::date, ${values.contactName},
         ${values.contactPhone}, ${values.contactEmail}
    from organisation o
   where o.id = ${ownOrg}
  returning id`)

export const updateStore = (db: Db, storeId: number, values: StoreValues) =>
  db.query(sql`
  update store
     set code = ${values.code}, name = ${values.name}, merchant_id = ${values.merchantId}::bigint,
         region_id = ${values.regionId}::bigint,
         time_zone = coalesce(${values.timeZone}, time_zone), address = ${values.address},
         latitude = ${values.latitude}::float8,
         longitude = ${values.longitude}::float8,
         opening_hours = ${values.openingHours && JSON.stringify(values.openingHours)}::jsonb,
         hours_exceptions = ${JSON.stringify(values.hoursExceptions)}::jsonb,
         closed_on = ${values.closedOn}::date,
         contact_name = ${values.contactName}, contact_phone = ${values.contactPhone},
         contact_email = ${values.contactEmail}
   where id = ${storeId}::bigint`)

export const deleteStoreRow = (db: Db, storeId: number) =>
  db.query(sql`delete from store where id = ${storeId}::bigint`)

/** Those of these stores whose name another store has, too. Uses the index by name. */
export const storesWithNamesakes = (db: Db, ids: readonly number[]) =>
  db.query<{ id: number; code: string }>(sql`
  select z.id, z.code
    from store z
   where z.id = any(${[...ids]}::bigint[]) and not z.is_unassigned
     and exists (
       select from store o where o.org_id = z.org_id and o.name = z.name and o.id <> z.id)`)
