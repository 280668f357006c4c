import { promisify } from "node:util"
import { deserialize, serialize } from "node:v8"
import { gunzip, gzip } from "node:zlib"
import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { addDays, type Day } from "@/lib/base/time/zone"
import { emptyReference, type Reference } from "@/lib/insight/engine/reference"
import { emptyState, type EngineState } from "@/lib/insight/engine/state"
import { components, signals } from "@/lib/insight/engine/terms/signals"

/** What the engine knows after a night: its own state, and what it has learnt of how often sales fail. */
export type Memory = { engine: EngineState; reference: Reference }

const [pack, unpack] = [promisify(gzip), promisify(gunzip)]
/** The tables of another version of the engine mean something else: it begins anew. */
const shape = [...signals, ...components].join()
/** Much longer than a night of the largest organisation. */
const claimMinutes = 15

type Night = { orgId: string; day: Day }

/** Claims the night of a day for this worker. False if another one is at it, or if it is settled. */
export async function claimNight(db: Db, { orgId, day }: Night): Promise<boolean> {
  const claimed = await db.query(sql`
    insert into engine_state as e (org_id, settled_on, settled_at, state, claimed_until)
    values (${orgId}::uuid, ${addDays(day, -1)}::date, now(), '',
            now() + ${claimMinutes}::int * interval '1 min')
    on conflict (org_id) do update set claimed_until = excluded.claimed_until
     where e.settled_on = excluded.settled_on and coalesce(e.claimed_until, '-infinity') < now()
    returning 1`)
  return claimed.length > 0
}

/** Lets another worker try the night, unless one has settled it meanwhile. */
export const releaseNight = (db: Db, { orgId, day }: Night) =>
  db.query(sql`
  update engine_state set claimed_until = null
   where org_id = ${orgId}::uuid and settled_on = ${day}::date - 1`)

const nothing = (): Memory => ({ engine: emptyState(), reference: emptyReference() })

export async function readMemory(db: Db, orgId: string): Promise<Memory> {
  const [row] = await db.query<{ state: Buffer }>(
    sql`select state from engine_state where org_id = ${orgId}::uuid`,
  )
  if (!row || row.state.length === 0) return nothing()
  const kept = deserialize(await unpack(row.state)) as Memory & { shape: string }
  // An earlier version has rehearsed nothing.
  return kept.shape === shape
    ? { engine: { ...emptyState(), ...kept.engine }, reference: kept.reference }
    : nothing()
}

// Most tables are zeros: the fastest level makes them small.
export const packed = (memory: Memory): Promise<Buffer> => pack(serialize({ shape, ...memory }), { level: 1 })

/** Keeps the memory of a settled night. False if another worker has settled it meanwhile. */
export async function keepMemory(
  db: Db,
  { orgId, day, at, state }: Night & { at: Date; state: Buffer },
): Promise<boolean> {
  const kept = await db.query(sql`
    update engine_state
       set settled_on = ${day}::date, settled_at = ${at}::timestamptz, state = ${state}::bytea,
           claimed_until = null
     where org_id = ${orgId}::uuid and settled_on = ${day}::date - 1
    returning 1`)
  return kept.length > 0
}
