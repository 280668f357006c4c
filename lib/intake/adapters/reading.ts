import { z } from "zod"
import { isKeptAsText } from "@/lib/base/text/exact-json"
import type { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import type { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import type { Transaction } from "@/lib/intake/transactions/schemas"

/** One record of a vendor with the contract's field names. Undefined fields are left out. */
export type Reading = {
  inventory: { [Field in keyof TerminalEntry]?: TerminalEntry[Field] | undefined } & { serial: string }
  /** Null if the record has no time of measurement. */
  heartbeat: { [Field in keyof Heartbeat]?: Heartbeat[Field] | undefined } | null
  transaction?: { [Field in keyof Transaction]?: Transaction[Field] | undefined } | null | undefined
}

/** Reads one vendor's JSON. */
export type Adapter = {
  /** The records in a vendor's answer: of a page, of a bundle, or the single one. */
  records: (value: unknown) => Iterable<unknown>
  schema: z.ZodType
  /**
   * A parsed record with the contract's field names, or a sentence that says why it cannot be read. Null if
   * the record is not about a terminal, for example a message that did not reach one.
   */
  read: (record: never) => Reading | string | null
  /** The paths that `read` uses. All others are reported as ignored. */
  uses: readonly string[]
}

/** The object without its undefined members. */
export const defined = <T extends object>(record: T): Partial<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>

const latest = Date.parse("9999-12-31T23:59:59.999Z")

/** A number of milliseconds or seconds since 1970. A long one is text with all its digits. */
export const epoch = z.custom<number | string>(
  (value) => typeof value === "number" || (typeof value === "string" && isKeptAsText(value)),
  { error: "is not a number" },
)

/** A time as RFC 3339; null if it is outside the range of dates, undefined if there is none. */
export function isoOfEpoch(
  since1970: number | string | null | undefined,
  unitMs = 1,
): string | null | undefined {
  if (since1970 === null || since1970 === undefined) return undefined
  const milliseconds = Number(since1970) * unitMs
  return milliseconds >= 0 && milliseconds <= latest ? new Date(milliseconds).toISOString() : null
}

/** A measured number, which some senders write as text. The contract checks its range. */
export const measured = z
  .union([z.number(), z.string().transform((text) => (text.trim() === "" ? null : Number(text)))])
  .nullish()

/** Translates a vendor's word into the contract's word. An unknown word stays as it is: ingest reports it. */
export const wordOf = <Word extends string>(words: Record<string, Word>, sent: string): Word =>
  Object.hasOwn(words, sent) ? (words[sent] as Word) : (sent as Word)

/** A part of a total as a percentage; undefined unless both are known. */
export const percentOf = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || !whole ? undefined : Math.min(100, Math.round((part / whole) * 1000) / 10)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
export const member = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined)

/**
 * The dotted paths of a record's values that no path in `uses` covers, each once. List members have the path
 * of their list.
 */
export function unusedPaths(record: unknown, uses: readonly string[], path = ""): string[] {
  if (uses.some((used) => path === used || path.startsWith(`${used}.`))) return []
  if (Array.isArray(record))
    return [...new Set(record.flatMap((one: unknown) => unusedPaths(one, uses, path)))]
  if (isObject(record))
    return Object.entries(record).flatMap(([name, value]) =>
      unusedPaths(value, uses, path === "" ? name : `${path}.${name}`),
    )
  return path === "" || record === null ? [] : [path]
}
