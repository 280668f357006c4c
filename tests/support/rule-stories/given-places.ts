import sql, { type Sql } from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { givenTerminal } from "@/tests/support/factories"
import { alwaysOpen } from "@/tests/support/flags"
import { givenBatch } from "@/tests/support/raw"
import { ago, type Beats } from "@/tests/support/rule-stories/stored-stories"

const write = (statement: Sql) => asWorker((db) => db.query(statement))

/** Heartbeats of a terminal; the last one is from `until` minutes ago. */
export const beatsOf = (id: number, fields: object = {}, { until = 1, every = 15, count = 24 }: Beats = {}) =>
  Array.from({ length: count }, (_, i) => ({ terminal_id: id, at: ago(until + every * i), ...fields }))
/** Terminals in stores of their own, in three zones. */
export async function givenPlaces(
  orgId: string,
  count: number,
): Promise<{ terminalId: number; storeId: number }[]> {
  const org = sql`${orgId}::uuid`
  await write(sql`
    insert into store (org_id, code, name, time_zone, opening_hours, latitude, longitude)
    select ${org}, 'R' || n, 'R' || n,
           (array['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'])[1 + n % 3],
           ${JSON.stringify(alwaysOpen)}::jsonb, 31.23, 121.47
      from generate_series(1, ${count}::int) n`)
  await write(sql`
    insert into terminal (org_id, serial) select ${org}, 'R' || n from generate_series(1, ${count}::int) n`)
  const made = await asWorker((db) =>
    db.query<{ terminalId: number; storeId: number }>(sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at)
    select ${org}, t.id, s.id, '1970-01-01'
      from terminal t join store s on s.org_id = t.org_id and s.code = t.serial where t.org_id = ${org}
    returning terminal_id as "terminalId", store_id as "storeId"`),
  )
  await write(sql`
    insert into terminal_status (org_id, terminal_id, status, from_at)
    select ${org}, id, 'active', now() - interval '80 days' from terminal where org_id = ${org}`)
  await write(sql`
    insert into terminal_tid (org_id, terminal_id, tid, from_at)
    select ${org}, id, 'T' || id, '1970-01-01' from terminal where org_id = ${org}`)
  await write(sql`
    insert into fleet_change (org_id, kind, subject_id)
    select ${org}, 'terminal', id from terminal where org_id = ${org}`)
  return made
}

/** Stores that opened a while ago, each with another terminal that is up and sells. */
export async function givenOpening(orgId: string, storeIds: readonly number[]) {
  const clock = (minutes: number) => ago(-minutes).slice(11, 16)
  const hours = Object.fromEntries(Object.keys(alwaysOpen).map((day) => [day, [[clock(-45), clock(300)]]]))
  await write(sql`
    update store set time_zone = 'UTC', opening_hours = ${JSON.stringify(hours)}::jsonb
     where id = any(${[...storeIds]}::bigint[])`)
  const up: number[] = []
  for (const storeId of storeIds) up.push((await givenTerminal(orgId, { storeId })).terminalId)
  await givenBatch(
    orgId,
    "transaction",
    up.map((id) => ({ terminal_id: id, at: ago(1), id: "1", outcome: "approved" })),
  )
  return up.flatMap((id) => beatsOf(id, {}, { count: 2 }))
}
