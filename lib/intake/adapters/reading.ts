import { z } from "zod"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import type { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import type { Transaction } from "@/lib/intake/transactions/schemas"

/** What one record of a vendor says in the contract's words. What stays undefined is left out. */
export type Reading = {
  inventory: { [Field in keyof TerminalEntry]?: TerminalEntry[Field] | undefined } & { serial: string }
  /** Null where the record does not say when it was measured. */
  heartbeat: { [Field in keyof Heartbeat]?: Heartbeat[Field] | undefined } | null
  transaction?: { [Field in keyof Transaction]?: Transaction[Field] | undefined } | null | undefined
}

/** How one vendor's JSON is read. */
export type Adapter = {
  /** The records in an answer of the vendor's: a page's, a bundle's, or the one it is. */
  records: (value: unknown) => unknown[]
  schema: z.ZodType
  /**
   * A record of `schema` in the contract's words, or a sentence that says why it cannot be; null where it
   * says nothing of a terminal, as when a message did not reach it.
   */
  read: (record: never) => Reading | string | null
  /** Paths that `read` looks at; everything else is named as ignored. */
  uses: readonly string[]
}

/** As given, but for what is undefined. */
export const defined = <T extends object>(record: T): Partial<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>

const latest = Date.parse("9999-12-31T23:59:59.999Z")

/** A time as RFC 3339; null where it is beyond all years. */
export const isoOfMilliseconds = (milliseconds: number): string | null =>
  milliseconds >= 0 && milliseconds <= latest ? new Date(milliseconds).toISOString() : null

/** A measure, which some senders write as text. Whether it can be is the contract's to say. */
export const measured = z.union([z.number(), z.string().transform(Number)]).nullish()

/** A word of a vendor in the contract's words. One that is not known stays as it is: ingest names it. */
export const wordOf = <Word extends string>(words: Record<string, Word>, sent: string): Word =>
  Object.hasOwn(words, sent) ? (words[sent] as Word) : (sent as Word)

/** A share of a whole as percent; undefined unless both are known. */
export const percentOf = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || !whole ? undefined : Math.min(100, Math.round((part / whole) * 1000) / 10)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
export const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined)

/**
 * Dotted paths of a record's values that no path of `uses` covers, each once; members of lists go by the
 * list's path.
 */
export function unusedPaths(record: unknown, uses: readonly string[], path = ""): string[] {
  if (uses.some((used) => path === used || path.startsWith(`${used}.`))) return []
  if (Array.isArray(record))
    return record.length === 0
      ? []
      : [...new Set(record.flatMap((one: unknown) => unusedPaths(one, uses, path)))]
  if (isObject(record))
    return Object.entries(record).flatMap(([name, value]) =>
      unusedPaths(value, uses, path === "" ? name : `${path}.${name}`),
    )
  return path === "" || record === null ? [] : [path]
}
