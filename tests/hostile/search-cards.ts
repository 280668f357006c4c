import { existsSync, readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { asOwner } from "@/lib/base/db/client"
import { cards, spellings } from "@/tests/hostile/cards"

const digitsOnly = (text: string) => text.replaceAll(/\\+u00(20|2d|3(\d))/gi, "$2").replaceAll(/[ -]/g, "")
const inText = (text: string) => cards.filter((card) => digitsOnly(text).includes(card))

/** Card numbers as text in all spellings and encodings, and as 64-bit integers. */
const patterns = cards.flatMap((card) => {
  const number = Buffer.alloc(8)
  number.writeBigInt64LE(BigInt(card))
  return [
    number,
    ...spellings(card).flatMap((spelling) => [Buffer.from(spelling), Buffer.from(spelling, "utf16le")]),
  ].map((bytes) => ({ card, bytes }))
})

// The third and fourth bytes tell gzip from a hash with the same beginning.
const isPacked = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 && bytes[3] === 0

/** Finds card numbers in a text, in every row of every table, and in the database's files. */
export async function searchCards({ said, folder }: { said: string; folder: string }): Promise<string[]> {
  const inTables = await asOwner(async (client) => {
    await client.query("checkpoint")
    const { rows: tables } = await client.query<{ name: string }>(`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`)
    const found: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`select * from ${name}`)
      for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
        const text = Buffer.isBuffer(value)
          ? (isPacked(value) ? gunzipSync(value) : value).toString("latin1")
          : JSON.stringify(value)
        for (const card of inText(text ?? "")) found.push(`${card} in ${name}.${column}`)
      }
    }
    return found
  })
  const inFiles = filesBelow(folder).flatMap((file) => {
    const content = contentOf(file)
    return patterns
      .filter(({ bytes }) => content.includes(bytes))
      .map(({ card }) => `${card} in ${file.slice(folder.length + 1)}`)
  })
  return [...new Set([...inText(said).map((card) => `${card} in the output`), ...inTables, ...inFiles])]
}

/** The content of a file; empty if PostgreSQL has removed it. */
export function contentOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if (!existsSync(file)) return Buffer.alloc(0)
    throw error
  }
}

export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : []
  })
}
