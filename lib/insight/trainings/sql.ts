import sql, { empty, type Sql } from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { TrainingDraft } from "@/lib/insight/trainings/schemas"

export type TrainingRow = {
  id: number
  store_id: number
  store_name: string
  operator: string | null
  subject: string
  held_on: string
  recorded_at: Date
  recorded_by: string
}

const columns = sql`
  t.id, t.store_id, z.name as store_name, t.operator, t.subject, t.held_on, t.recorded_at, t.recorded_by`
const ofStore = sql`from training t join store z on z.id = t.store_id`

/** The latest first. */
export const trainingOrder: ListOrder = {
  list: "trainings",
  keys: [
    { value: sql`t.held_on`, type: "date" },
    { value: sql`t.id`, type: "bigint" },
  ],
  isDescending: true,
}

export const trainingPage = (db: Db, store: number | undefined, slice: Slice) =>
  db.query<TrainingRow & { place: Place }>(sql`
  select ${columns}, ${slice.place} as place
    ${ofStore}
   where t.org_id = ${ownOrg} and ${slice.condition}
     ${store === undefined ? empty : sql`and t.store_id = ${store}::bigint`}
  ${slice.ordered}`)

export const trainingById = (db: Db, id: number) =>
  db.query<TrainingRow>(sql`
  select ${columns} ${ofStore} where t.org_id = ${ownOrg} and t.id = ${id}::bigint`)

/** Adds a training in a store within reach. */
export const insertTraining = (db: Db, { store, operator, subject, heldOn }: TrainingDraft, by: string) =>
  db.query<{ id: number }>(sql`
  insert into training (org_id, store_id, operator, subject, held_on, recorded_by)
  select z.org_id, z.id, ${operator}, ${subject}, ${heldOn}::date, ${by}
    from store z where z.org_id = ${ownOrg} and z.id = ${store}::bigint
  returning id`)

export const deleteTraining = (db: Db, id: number) =>
  db.query(sql`delete from training where org_id = ${ownOrg} and id = ${id}::bigint`)

export type EffectRow = Record<
  "id" | "sales_before" | "failures_before" | "sales_after" | "failures_after",
  number
>

const effectDays = 28

/** Sums of a column of segments `g` before or after a training `t`. */
const sumOf = (column: Sql, condition: Sql) => sql`coalesce(sum(${column}) filter (where ${condition}), 0)`
const sales = sql`g.presentments`
const failures = sql`case when g.cause = 'operator' then g.failures end`
const isBefore = sql`g.day < t.held_on`
const isAfter = sql`g.day > t.held_on`

/**
 * Sales of the cashier or store around each training, and those that failed by how they were handled. The
 * stores and days of all trainings bound what is read.
 */
export const effectsOf = (db: Db, trainings: readonly TrainingRow[]) => {
  const stores = [...new Set(trainings.map(({ store_id: id }) => id))]
  const days = trainings.map(({ held_on: day }) => day).toSorted()
  return db.query<EffectRow>(sql`
  select t.id, ${sumOf(sales, isBefore)} as sales_before,
         ${sumOf(failures, isBefore)} as failures_before,
         ${sumOf(sales, isAfter)} as sales_after,
         ${sumOf(failures, isAfter)} as failures_after
    from jsonb_to_recordset(${JSON.stringify(trainings)}::jsonb)
      as t (id bigint, store_id bigint, operator text, held_on date)
    join segment_day g on g.org_id = ${ownOrg} and g.store_id = t.store_id and g.dimension = 'operator'
     and g.store_id = any(${stores}::bigint[]) and g.day >= ${days.at(0)}::date - ${effectDays}::int
     and g.day <= ${days.at(-1)}::date + ${effectDays}::int
     and g.day >= t.held_on - ${effectDays}::int and g.day <= t.held_on + ${effectDays}::int
     and (t.operator is null or g.value = t.store_id || ':' || t.operator)
   group by t.id`)
}
