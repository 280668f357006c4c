import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { deserialize, serialize } from "node:v8"
import { createGunzip, createGzip } from "node:zlib"
import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { addDays, type Day } from "@/lib/base/time/zone"
import { emptyReference, type Reference } from "@/lib/insight/engine/reference"
import {
  emptyState,
  makeTables,
  numbersOfTerminal,
  tableNames,
  type EngineState,
  type Tables,
} from "@/lib/insight/engine/state"
import { components, signals } from "@/lib/insight/engine/terms/signals"

/** What the engine knows after a night: its own state, and what it has learnt of how often sales fail. */
export type Memory = { engine: EngineState; reference: Reference }

/** The tables of another version of the engine mean something else: it begins anew. */
const shape = [...signals, ...components].join()
const chunkSize = 2 ** 20
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

/** What is kept, before the numbers of the tables as they lie in memory: a copy of those would be large. */
type Head = {
  shape: string
  /** An earlier version had the tables here. */
  engine: Omit<EngineState, "tables"> & { tables?: Tables }
  reference: Reference
}

export async function readMemory(db: Db, orgId: string): Promise<Memory> {
  const parts = await partsOf(db, orgId)
  return parts.length > 0 ? unpacked(parts) : nothing()
}

/** The state in parts, because the database sends bytes as text, which takes twice the memory. */
async function partsOf(db: Db, orgId: string): Promise<Buffer[]> {
  const parts: Buffer[] = []
  for (let from = 1; ; from += chunkSize) {
    const [row] = await db.query<{ part: Buffer }>(sql`
      select substring(state from ${from}::int for ${chunkSize}::int) as part
        from engine_state where org_id = ${orgId}::uuid`)
    if (!row || row.part.length === 0) return parts
    parts.push(row.part)
  }
}

/** What `packed` packed. */
export async function unpacked(parts: readonly Buffer[]): Promise<Memory> {
  const bytes = await bytesIn(parts)
  const { engine, reference, shape: keptShape } = deserialize(bytes) as Head
  if (keptShape !== shape) return nothing()
  const tables = engine.tables ?? tablesIn(bytes, engine.ids.length)
  // An earlier version has rehearsed nothing.
  return { engine: { ...emptyState(), ...engine, tables }, reference }
}

/** The tables at the end of what was kept. Each is a copy, so that each can go by itself. */
function tablesIn(bytes: Buffer, terminals: number): Tables {
  const numbers = new Float32Array(bytes.buffer, 0, bytes.length / Float32Array.BYTES_PER_ELEMENT)
  let at = numbers.length - terminals * numbersOfTerminal
  return makeTables((_, width) => numbers.slice(at, (at += terminals * width)))
}

/** A gzip file ends with the length of what it holds. */
async function bytesIn(parts: readonly Buffer[]): Promise<Buffer> {
  const end = Buffer.concat(parts.slice(-2)).subarray(-4)
  const bytes = Buffer.allocUnsafeSlow(end.readUInt32LE())
  let at = 0
  const unzipped: AsyncIterable<Buffer> = Readable.from(parts).pipe(createGunzip({ chunkSize }))
  for await (const part of unzipped) at += part.copy(bytes, at)
  return bytes
}

/** Most tables are zeros: the fastest level makes them small. */
export function packed({ engine: { tables, ...engine }, reference }: Memory): Promise<Buffer> {
  const head = serialize({ shape, engine, reference } satisfies Head)
  // Numbers are read in place where their address is a multiple of their size.
  const padding = Buffer.alloc(-head.length & (Float32Array.BYTES_PER_ELEMENT - 1))
  const numbers = tableNames.map((name) => bytesOf(tables[name].values))
  return buffer(Readable.from([head, padding, ...numbers]).pipe(createGzip({ level: 1, chunkSize })))
}

const bytesOf = ({ buffer: memory, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(memory, byteOffset, byteLength)

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
