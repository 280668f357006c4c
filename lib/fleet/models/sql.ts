import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { within, type Counted } from "@/lib/fleet/catalogue/within"
import type { Model, ModelDraft } from "@/lib/fleet/models/schemas"

export type ModelRow = Omit<Model, "purchaseEndOn" | "deployEndOn" | "useEndOn" | "checksOverdue">

/** The currency of an organisation's prices. */
export const ownCurrency = async (db: Db): Promise<string> => {
  const [row] = await db.query<{ currency: string }>(sql`
    select currency from organisation where id = ${ownOrg}`)
  return row?.currency ?? ""
}

/** All models sorted by name, or the one with this id. */
export const models = (db: Db, id: number | null = null) =>
  db.query<Omit<ModelRow, "terminals">>(sql`
  select m.id, m.name, m.manufacturer_id as manufacturer, s.name as "manufacturerName",
         m.price_minor as "priceMinor", m.printer_head_km as "printerHeadKm",
         m.chip_insertions as "chipInsertions", m.swipes
    from terminal_model m
    left join supplier s on s.id = m.manufacturer_id
   where ${id}::bigint is null or m.id = ${id}::bigint
   order by m.name
   limit 1000`)

/** Terminals of each model, or of the one with this id, by current status. */
export const terminalsByModel = (db: Db, { id = null, stores = null }: Counted) =>
  db.query<Pick<ModelRow, "id" | "terminals">>(sql`
  select model_id as id, jsonb_object_agg(status, terminals) as terminals
    from (select t.model_id, u.status, count(*) as terminals
            from terminal t
            join terminal_status u on u.terminal_id = t.id and u.to_at is null
           where t.merged_into is null and t.model_id is not null
             and (${id}::bigint is null or t.model_id = ${id}::bigint) ${within(sql`t.id`, stores)}
           group by 1, 2) counted
   group by 1`)

export const insertModel = (db: Db, orgId: string, model: ModelDraft) =>
  db.query<{ id: number }>(sql`
  insert into terminal_model (org_id, name, manufacturer_id, price_minor, printer_head_km, chip_insertions,
    swipes)
  values (${orgId}::uuid, ${model.name}, ${model.manufacturer}, ${model.priceMinor}::bigint,
    ${model.printerHeadKm}::int, ${model.chipInsertions}::int, ${model.swipes}::int) returning id`)

export const updateModel = (db: Db, id: number, model: ModelDraft) =>
  db.query(sql`
  update terminal_model
     set name = ${model.name}, manufacturer_id = ${model.manufacturer}::bigint,
         price_minor = ${model.priceMinor}::bigint, printer_head_km = ${model.printerHeadKm}::int,
         chip_insertions = ${model.chipInsertions}::int, swipes = ${model.swipes}::int
   where id = ${id}::bigint`)

export const deleteModel = (db: Db, id: number) =>
  db.query<{ id: number }>(sql`delete from terminal_model where id = ${id}::bigint returning id`)
