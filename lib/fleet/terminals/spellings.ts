import type { Db } from "@/lib/base/db/transaction"
import { nameKey } from "@/lib/fleet/terminals/name-key"
import { serialSpellings, tidSpellings } from "@/lib/fleet/terminals/spellings-sql"

type Names = { serial: string; tid?: string | undefined }

/** The spelling of serial numbers and TIDs by key: as stored, or else as first named. */
export class Spellings {
  readonly #serials = new Map<string, string>()
  readonly #tids = new Map<string, string>()

  /** The entries with each name spelled as stored, or as in the first entry. */
  async apply<Entry extends Names>(db: Db, entries: readonly Entry[]): Promise<Entry[]> {
    const serials = entries.map(({ serial }) => serial)
    const tids = entries.flatMap(({ tid }) => tid ?? [])
    const storedSerials = await serialSpellings(db, serials.map(nameKey))
    const storedTids = tids.length === 0 ? [] : await tidSpellings(db, tids.map(nameKey))
    for (const { key, name } of storedSerials) this.#serials.set(key, name)
    for (const { key, name } of storedTids) this.#tids.set(key, name)
    const isStored = new Set(storedSerials.map(({ name }) => name))
    return entries.map((entry) => ({
      ...entry,
      serial: isStored.has(entry.serial) ? entry.serial : spelled(this.#serials, entry.serial),
      ...(entry.tid === undefined ? {} : { tid: spelled(this.#tids, entry.tid) }),
    }))
  }
}

function spelled(spellings: Map<string, string>, name: string): string {
  const key = nameKey(name)
  const known = spellings.get(key)
  if (known !== undefined) return known
  spellings.set(key, name)
  return name
}
