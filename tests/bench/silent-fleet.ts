import sql, { type Sql } from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"

export const perStore = 4

/**
 * Creates an organisation with this many active terminals, as if each had just sent a heartbeat and sends
 * one every 15 minutes. The stores never close, and most have exceptions of their own.
 */
export async function givenBeatingFleet(terminals: number): Promise<Organisation> {
  const organisation = await givenOrganisation()
  const org = sql`${organisation.orgId}::uuid`
  await asWorker(async (db) => {
    await addPlaces(db, org, terminals)
    await addStates(db, org)
  })
  await asOwner((client) => client.query("vacuum (analyze)"))
  return organisation
}

async function addPlaces(db: Db, org: Sql, terminals: number): Promise<void> {
  // The planner knows nothing of rows that this transaction adds.
  await db.query(sql`set local enable_nestloop = off`)
  await db.query(sql`
    insert into store (org_id, code, name, time_zone, opening_hours, hours_exceptions)
    select ${org}, 'S' || n, 'Store ' || n,
           (array['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Kolkata', 'Europe/Berlin'])[1 + n % 4],
           (select jsonb_object_agg(day, '[["00:00", "24:00"]]'::jsonb)
              from unnest(array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']) day),
           jsonb_build_object((current_date + 10 + n % 300)::text, '[]'::jsonb)
      from generate_series(1, ${Math.ceil(terminals / perStore)}::int) n`)
  await db.query(sql`
    insert into terminal_model (org_id, name) select ${org}, 'Model ' || n from generate_series(1, 8) n`)
  await db.query(sql`
    insert into terminal (org_id, serial, model_id)
    select ${org}, 'SN' || n, m.id
      from generate_series(1, ${terminals}::int) n
      join (select id, row_number() over (order by id) - 1 as place from terminal_model
             where org_id = ${org}) m on m.place = n % 8`)
  await db.query(sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at)
    select ${org}, t.id, s.id, '1970-01-01'
      from (select id, row_number() over (order by id) - 1 as place from terminal where org_id = ${org}) t
      join (select id, row_number() over (order by id) - 1 as place from store
             where org_id = ${org} and not is_unassigned) s on s.place = t.place / ${perStore}::int`)
  await db.query(sql`
    insert into terminal_status (org_id, terminal_id, status, from_at)
    select ${org}, id, 'active', '1970-01-01' from terminal where org_id = ${org}`)
}

/** States and tails as the fold leaves them after one batch, which has just come in. */
async function addStates(db: Db, org: Sql): Promise<void> {
  const recent = sql`array(select now() - n * interval '15 minutes' from generate_series(20, 0, -1) n)`
  await db.query(sql`
    insert into terminal_state (terminal_id, org_id, online_state, online_state_since, last_beat_at,
      last_received_at, learnt_interval_seconds, pinpad_ok, reader_ok, app)
    select id, ${org}, 'online', now(), now(), now(), 900, true, true, '5.2.1'
      from terminal where org_id = ${org}`)
  await db.query(sql`
    insert into terminal_tail (terminal_id, org_id, last_beat_at, recent_beats)
    select id, ${org}, now(), ${recent} from terminal where org_id = ${org}`)
  await db.query(sql`
    insert into ingest_batch (org_id, kind, row_count, min_at, max_at, folded_at)
    select ${org}, 'heartbeat', 1, now(), now() + interval '1 ms', now()`)
}

type Some = { orgId: string; terminals: number }

const some = ({ orgId, terminals }: Some) => sql`(
  select terminal_id from terminal_state where org_id = ${orgId}::uuid
   order by terminal_id % ${perStore}::int, terminal_id limit ${terminals}::int)`

/** These terminals have been silent for so long that they go offline now. */
export const fallSilent = (fleet: Some) =>
  asWorker((db) =>
    db.query(sql`
      update terminal_state
         set last_received_at = now() - interval '121 minutes', next_state_at = now() - interval '1 minute'
       where terminal_id in ${some(fleet)}`),
  )

/** Their deadlines come, and they have sent a heartbeat meanwhile. */
export const passDeadlines = (fleet: Some) =>
  asWorker((db) =>
    db.query(sql`
      update terminal_state set last_received_at = now(), next_state_at = now()
       where terminal_id in ${some(fleet)}`),
  )

/** A waiting batch with a heartbeat of each of these terminals. */
export const sendHeartbeats = (fleet: Some) =>
  asWorker((db) =>
    db.query(sql`
      with batch as (
        insert into ingest_batch (org_id, kind, row_count, min_at, max_at)
        values (${fleet.orgId}::uuid, 'heartbeat', ${fleet.terminals}::int, now(), now() + interval '1 ms')
        returning id)
      insert into heartbeat (terminal_id, at, org_id, batch_id, pinpad_ok, reader_ok, app)
      select s.terminal_id, now(), ${fleet.orgId}::uuid, batch.id, true, true, '5.2.1'
        from ${some(fleet)} s, batch`),
  )

/** Deletes the fleet, so that the next one is measured alone. */
export async function forgetFleet(orgId: string): Promise<void> {
  await asOwner(async (client) => {
    for (const table of ["flag", "heartbeat", "terminal_hour", "terminal_day", "ingest_batch"])
      await client.query(`delete from ${table} where org_id = $1`, [orgId])
    for (const table of ["terminal_state", "terminal_tail", "fleet_change", "terminal_store", "terminal"])
      await client.query(`delete from ${table} where org_id = $1`, [orgId])
    await client.query("delete from organisation where id = $1", [orgId])
    await client.query("vacuum (analyze)")
  })
}
