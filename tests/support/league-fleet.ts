import { DateTime } from "luxon"
import sql from "sql-template-tag"
import { GET as getLeague } from "@/app/api/v1/league/route"
import { asWorker } from "@/lib/base/db/transaction"
import { settleDays } from "@/lib/insight/availability/settle-days"
import type { LeagueTable } from "@/lib/outlook/league/schemas"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"
import { sumBeats } from "@/tests/support/rollups"

export const zone = "Asia/Shanghai"
// Two weeks of store-local days, from a Monday on.
const monday = DateTime.now().setZone(zone).startOf("week").minus({ weeks: 3 })
export const day = (days: number) => monday.plus({ days }).toFormat("yyyy-MM-dd")
const at = (days: number, hour: number) => monday.plus({ days, hours: hour }).toJSDate()
const days = `from=${day(0)}&to=${day(13)}`

export const league = async (
  by: string,
  headers: Record<string, string>,
  range = days,
): Promise<LeagueTable> =>
  (await call(getLeague, `/api/v1/league?by=${by}&${range}`, { headers })).json() as Promise<LeagueTable>

const one = async (
  statement: Parameters<Parameters<Parameters<typeof asWorker>[0]>[0]["query"]>[0],
): Promise<number> => {
  const [row] = await asWorker((db) => db.query<{ id: number }>(statement))
  return row?.id ?? 0
}

type Fleet = {
  orgId: string
  storeId: number
  terminals: number[]
  acquirers: [first: number, second: number]
}

/** A supplier, a model and an acquirer. */
async function givenGroup(orgId: string, n: number) {
  const supplier = await one(sql`
    insert into supplier (org_id, name, is_manufacturer, is_supplier, warranty_months)
    values (${orgId}::uuid, ${`S${n}`}, true, true, ${12 * (n + 1)}::int) returning id`)
  const model = await one(sql`
    insert into terminal_model (org_id, name, manufacturer_id)
    values (${orgId}::uuid, ${`M${n}`}, ${supplier}::bigint) returning id`)
  const acquirer = await one(sql`
    insert into acquirer (org_id, code, name, fee_percent, terminal_price_minor, deposit_minor, currency)
    values (${orgId}::uuid, ${`a${n}`}, ${`A${n}`}, 0.38, 29900, 0, 'CNY') returning id`)
  return { supplier, model, acquirer }
}

async function givenTerminals(orgId: string): Promise<Fleet> {
  const { storeId } = await givenStore(orgId, { openingHours: { mon: [["09:00", "12:00"]] } })
  const groups = [await givenGroup(orgId, 0), await givenGroup(orgId, 1)] as const
  const terminals: number[] = []
  for (const group of [0, 0, 0, 0, 0, 1] as const) {
    const { supplier, model, acquirer } = groups[group]
    const { terminalId } = await givenTerminal(orgId, { storeId, modelId: model })
    terminals.push(terminalId)
    await asWorker(async (db) => {
      await db.query(sql`
        update terminal set supplier_id = ${supplier}::bigint where id = ${terminalId}::bigint`)
      await db.query(sql`
        update terminal_tid set acquirer_id = ${acquirer}::bigint where terminal_id = ${terminalId}::bigint`)
      await db.query(sql`
        insert into terminal_state (terminal_id, org_id) values (${terminalId}::bigint, ${orgId}::uuid)`)
    })
  }
  return { orgId, storeId, terminals, acquirers: [groups[0].acquirer, groups[1].acquirer] }
}

/** The sixth had a TID of the first acquirer before these days, and the fifth is in repair after a week. */
const givenChanges = ({ orgId, terminals, acquirers }: Fleet) =>
  asWorker(async (db) => {
    const [, , , , fifth = 0, sixth = 0] = terminals
    await db.query(sql`
      insert into terminal_tid (org_id, terminal_id, acquirer_id, tid, from_at, to_at)
      values (${orgId}::uuid, ${sixth}::bigint, ${acquirers[0]}::bigint, 'before',
        ${at(-20, 0)}::timestamptz, ${at(0, 0)}::timestamptz)`)
    await db.query(sql`
      update terminal_status set to_at = ${at(7, 0)}::timestamptz where terminal_id = ${fifth}::bigint`)
    await db.query(sql`
      insert into terminal_status (org_id, terminal_id, status, from_at)
      values (${orgId}::uuid, ${fifth}::bigint, 'in_repair', ${at(7, 0)}::timestamptz)`)
  })

/** The segments of models, from the terminals' days. */
export const sumModels = (orgId: string) =>
  asWorker((db) =>
    db.query(sql`
    insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments, failures,
      raw_attempts, raw_failures)
    select d.org_id, s.id, d.day, 'model', d.model_id::text, c.cause, '',
           sum(case when c.cause = '' then d.presentments - d.device else d.device end),
           sum(case when c.cause = '' then 0 else d.device end), 0, 0
      from terminal_day d
     cross join unnest(array[d.store_id, 0]) as s (id)
     cross join unnest(array['', 'device']) as c (cause)
     where d.org_id = ${orgId}::uuid and d.model_id is not null
     group by 1, 2, 3, 5, 6`),
  )

/** Sales in and around these days. The sixth has none in the first week. */
const givenSales = ({ orgId, storeId, terminals, acquirers }: Fleet) =>
  asWorker(async (db) => {
    const [first, , , , , sixth = 0] = terminals
    const sale = (terminal: number, on: string, presentments: number, device: number) =>
      db.query(sql`
      insert into terminal_day (terminal_id, day, store_id, org_id, model_id, presentments, failures, device)
      select id, ${on}::date, ${storeId}::bigint, org_id, model_id, ${presentments}::int, ${device}::int,
             ${device}::int from terminal where id = ${terminal}::bigint`)
    for (const terminal of terminals.slice(0, 5)) {
      await sale(terminal, day(-1), 1000, 500)
      await sale(terminal, day(0), 100, 0)
      await sale(terminal, day(13), 200, terminal === first ? 3 : 0)
      await sale(terminal, day(14), 1000, 500)
    }
    await sale(sixth, day(-1), 1000, 500)
    await sale(sixth, day(7), 20, 0)

    const segment = (store: number, acquirer: number, cause: string, presentments: number) =>
      db.query(sql`
      insert into segment_day (org_id, store_id, day, dimension, value, cause, subcause, presentments,
        failures, raw_attempts, raw_failures)
      values (${orgId}::uuid, ${store}::bigint, ${day(3)}::date, 'acquirer', ${String(acquirer)}, ${cause},
        '', ${presentments}::int, ${cause === "" ? 0 : presentments}::int, 0, 0)`)
    await segment(0, acquirers[0], "", 1990)
    await segment(0, acquirers[0], "device", 3)
    await segment(0, acquirers[0], "card", 7)
    await segment(0, acquirers[1], "", 20)
    await segment(storeId, acquirers[0], "", 9)
    await segment(storeId, acquirers[0], "device", 1)
  })

const givenBeats = ({ orgId, storeId, terminals }: Fleet) =>
  asWorker(async (db) => {
    const [first, , , , , sixth = 0] = terminals
    const beat = (terminal: number, ...hours: Date[]) =>
      db.query(sql`
      insert into terminal_hour (terminal_id, hour, store_id, day, org_id, beats)
      select ${terminal}::bigint, hour, ${storeId}::bigint, (hour at time zone ${zone})::date,
             ${orgId}::uuid, 4 from unnest(${hours}::timestamptz[]) hour`)
    const firstMonday = [at(0, 9), at(0, 10), at(0, 11)]
    const secondMonday = [at(7, 9), at(7, 10), at(7, 11)]
    for (const terminal of terminals.slice(0, 5))
      await beat(terminal, at(-1, 9), ...firstMonday, ...(terminal === first ? secondMonday : []))
    await beat(sixth, at(7, 10))
  })

const givenFlags = ({ orgId, storeId, terminals }: Fleet) =>
  asWorker(async (db) => {
    const [first = 0, , , , , sixth = 0] = terminals
    const flag = (terminal: number, opened: Date, rule: string) =>
      db.query(sql`
      insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
        evaluated_at, reasons)
      values (${orgId}::uuid, 'maintenance', ${rule}, ${`terminal:${terminal}`}, ${terminal}::bigint,
        ${storeId}::bigint, 'open', ${opened}::timestamptz, ${opened}::timestamptz, now(), '[]')`)
    await flag(first, at(0, 0), "silent")
    await flag(first, at(13, 23), "self_check")
    await flag(first, at(14, 0), "release_behind")
    await flag(sixth, at(-1, 23), "silent")
  })

/**
 * Five terminals of one model, supplier and acquirer, and a sixth of others. The figures below are counted by
 * hand from these rows.
 */
export async function givenFleet() {
  const { orgId } = await givenOrganisation({ timeZone: zone })
  const fleet = await givenTerminals(orgId)
  const { storeId } = fleet
  await givenChanges(fleet)
  await givenSales(fleet)
  await sumModels(orgId)
  await givenBeats(fleet)
  await sumBeats(orgId)
  for await (const _ of settleDays({ orgId, last: day(13), now: new Date() }));
  await givenFlags(fleet)
  const headersOf = async (stores?: number[]) =>
    (await givenPerson(orgId, "manager", stores ? { stores } : null)).headers
  return { orgId, storeId, headersOf }
}

export const big = {
  // The first: 6 of 6 hours. The second to fourth: 3 of 6. The fifth: 3 of the 3 before its repair.
  terminals: 5,
  isComparable: true,
  availability: { openHours: 27, upHours: 18, share: 18 / 27 },
  flagsOpened: 2,
}
// Four terminals for two weeks, and one for one week.
export const bigYears = 63 / 365.25
// From its first heartbeat: 10:00 to 12:00, with heartbeats in one hour. In service for the second week.
export const small = {
  terminals: 1,
  isComparable: false,
  attempts: 20,
  deviceFailures: 0,
  availability: { openHours: 2, upHours: 1, share: 0.5 },
  flagsOpened: 0,
  flagsPerTerminalYear: 0,
}
