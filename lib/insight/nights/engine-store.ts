import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { deserialize, serialize } from "node:v8"
import { createGunzip, createGzip } from "node:zlib"
import sql from "sql-template-tag"
import { ByteReader } from "@/lib/base/byte-reader"
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
import { makeTemporary, type TemporaryTable } from "@/lib/rollups/fold/sql/temporary"

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

/** What is kept before the numbers of the tables, which would be twice as much in memory with it. */
type Head = {
  shape: string
  /** A version before the earlier one had the tables here. */
  engine: Omit<EngineState, "tables"> & { tables?: Tables }
  reference: Reference
}
/** The length of the head comes first. An earlier version began with the head, whose first byte this is. */
const [lengthBytes, firstOfEarlier] = [4, 0xff]

export async function readMemory(db: Db, orgId: string): Promise<Memory> {
  const [row] = await db.query<{ bytes: number }>(sql`
    select length(state) as bytes from engine_state where org_id = ${orgId}::uuid`)
  return row && row.bytes > 0 ? unpacked(partsOf(db, orgId)) : nothing()
}

/** The state in parts, because the database sends bytes as text, which takes twice the memory. */
async function* partsOf(db: Db, orgId: string): AsyncGenerator<Buffer, void> {
  for (let from = 1; ; from += chunkSize) {
    const [row] = await db.query<{ part: Buffer }>(sql`
      select substring(state from ${from}::int for ${chunkSize}::int) as part
        from engine_state where org_id = ${orgId}::uuid`)
    if (!row || row.part.length === 0) return
    yield row.part
  }
}

/** What `packed` packed. No more than a part is in memory beside the tables. */
export const unpacked = (parts: AsyncIterable<Buffer>): Promise<Memory> =>
  pipeline(parts, createGunzip({ chunkSize }), async (unzipped: AsyncIterable<Buffer>) => {
    const reader = new ByteReader(unzipped)
    const memory = await memoryIn(reader)
    await reader.others()
    return memory
  })

async function memoryIn(reader: ByteReader): Promise<Memory> {
  const start = await reader.fill(Buffer.alloc(lengthBytes))
  if (start[0] === firstOfEarlier) return ofEarlierVersion(Buffer.concat([start, ...(await reader.others())]))
  const head = deserialize(await reader.fill(Buffer.allocUnsafeSlow(start.readUInt32BE()))) as Head
  if (head.shape !== shape) return nothing()
  const terminals = head.engine.ids.length
  const tables = makeTables((_, width) => new Float32Array(terminals * width))
  for (const name of tableNames) await reader.fill(bytesOf(tables[name].values))
  return memoryOf(head, tables)
}

// An earlier version has rehearsed nothing.
const memoryOf = ({ engine, reference }: Head, tables: Tables): Memory => ({
  engine: { ...emptyState(), ...engine, tables },
  reference,
})

/** All of an earlier version's bytes, of which the tables are the last. */
function ofEarlierVersion(bytes: Buffer): Memory {
  const head = deserialize(bytes) as Head
  if (head.shape !== shape) return nothing()
  const terminals = head.engine.ids.length
  let at = bytes.length - terminals * numbersOfTerminal * Float32Array.BYTES_PER_ELEMENT
  const next = (length: number) => {
    const values = new Float32Array(length)
    at += bytes.copy(bytesOf(values), 0, at)
    return values
  }
  return memoryOf(head, head.engine.tables ?? makeTables((_, width) => next(terminals * width)))
}

/** Most tables are zeros: the fastest level makes them small. */
export function packed({ engine: { tables, ...engine }, reference }: Memory): AsyncIterable<Buffer> {
  const head = serialize({ shape, engine, reference } satisfies Head)
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(head.length)
  const numbers = tableNames.map((name) => bytesOf(tables[name].values))
  return Readable.from([length, head, ...numbers]).pipe(createGzip({ level: 1, chunkSize }))
}

const bytesOf = ({ buffer: memory, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(memory, byteOffset, byteLength)

type Parts = TemporaryTable<"engine_part">

/** Packs the memory of a night into the database, part by part. */
export async function storeParts(db: Db, memory: Memory): Promise<Parts> {
  const table = await makeTemporary(db, "engine_part", sql`select 0 as number, ''::bytea as part`)
  let number = 0
  for await (const part of packed(memory))
    await db.query(sql`insert into ${table} values (${(number += 1)}::int, ${part}::bytea)`)
  return table
}

/** Keeps the memory of a settled night. False if another worker has settled it meanwhile. */
export async function keepMemory(
  db: Db,
  { orgId, day, at, parts }: Night & { at: Date; parts: Parts },
): Promise<boolean> {
  const kept = await db.query(sql`
    update engine_state
       set settled_on = ${day}::date, settled_at = ${at}::timestamptz,
           state = (select string_agg(part, '' order by number) from ${parts}), claimed_until = null
     where org_id = ${orgId}::uuid and settled_on = ${day}::date - 1
    returning 1`)
  return kept.length > 0
}
