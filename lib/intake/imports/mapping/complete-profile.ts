import { z } from "zod"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { amountSource, decimalMarkOfFile } from "@/lib/intake/imports/mapping/amount-source"
import { factsOfRows, type FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import {
  FieldSource,
  timeColumnsOf,
  type Profile,
  type TimeSource,
} from "@/lib/intake/imports/mapping/profile"
import { assignColumns } from "@/lib/intake/imports/mapping/recognise"
import type { Target } from "@/lib/intake/imports/mapping/targets"
import { statusWords } from "@/lib/intake/imports/mapping/terminal-names"
import { clockOf, dateOrderOfFile, formatOf } from "@/lib/intake/imports/mapping/time-source"
import { spelled, valueWords } from "@/lib/intake/imports/mapping/value-words"
import type { FileFormat } from "@/lib/intake/imports/words"
import { Transaction } from "@/lib/intake/transactions/schemas"

/** The head of a file: its columns, some of its rows, and the facts of all rows. */
export type Head = {
  headers: readonly string[]
  rows: readonly Readonly<Record<string, string>>[]
  /** If absent, taken from the rows of the head. */
  facts?: FileFacts | null
  format?: FileFormat
}

type WholeHead = Head & { facts: FileFacts }

const source = (given: Partial<FieldSource>): FieldSource => FieldSource.parse(given)

// Texts in files for the contract's numbers and booleans.
const { properties: contract = {} } = z.toJSONSchema(z.object({ ...Transaction.shape, ...Heartbeat.shape }), {
  unrepresentable: "any",
})
const typeOf = (target: Target): unknown => {
  const field = contract[target]
  return typeof field === "object" ? field.type : undefined
}

/** Fields that files write in a special way. */
const ways: Partial<Record<Target, FieldSource["as"]>> = {
  issuerBin: "bin",
  code: "code",
  currency: "currency",
  amountMinor: "minor",
}

function fieldOf(target: Target, column: string): FieldSource {
  const map = valueWords[target]
  if (map) return source({ column, map })
  const type = typeOf(target)
  const kind = type === "integer" ? "number" : type
  return source({ column, as: ways[target] ?? (kind === "number" || kind === "boolean" ? kind : "text") })
}

/** Targets that do not make a field of the same name. */
const apart: readonly Target[] = [
  "ignore",
  "at",
  "date",
  "time",
  "id",
  "outcome",
  "status",
  "type",
  "cardNumber",
  "amount",
  "amountOut",
  "trace",
  "original",
]

/**
 * Completes the profile with the columns of this file: `columns` names every column; `at`, `sale` and
 * `fields` are derived from it. Columns that the file does not have are left out.
 */
export function completeProfile<Given extends Profile>(profile: Given, head: Head): Given {
  const whole = { ...head, facts: factsOfHead(head) }
  const present = withoutAbsent(profile, head.headers)
  const isByColumns = profile.columns !== undefined && profile.kind !== "codes"
  const complete = !isByColumns
    ? present
    : profile.kind === "terminals"
      ? terminalProfile(present, whole)
      : recordProfile(present, whole)
  const mark = decimalMarkOfFile(complete, whole)
  const order = dateOrderOfFile(complete, whole.facts)
  return {
    ...complete,
    ...(mark === undefined || mark === "open" ? {} : { decimalMark: mark }),
    ...(order === undefined || order === "open" ? {} : { dateOrder: order }),
  }
}

export const factsOfHead = ({ headers, rows, facts }: Head): FileFacts => facts ?? factsOfRows(headers, rows)

const timeColumns = (at: Profile["at"]): string[] => (at === undefined ? [] : timeColumnsOf(at))

/** The columns that a profile reads and the file does not have. */
export function absentColumns({ at, sale, fields }: Profile, headers: readonly string[]): string[] {
  const wanted = [
    ...timeColumns(at),
    ...Object.values(sale ?? {}),
    ...Object.values(fields).flatMap(({ column, minusColumn }) => [column ?? [], minusColumn ?? []].flat()),
  ]
  return [
    ...new Set(
      wanted.flatMap((column) => (column === undefined || headers.includes(column) ? [] : [column])),
    ),
  ]
}

/** The columns of a file that a complete profile does not read. */
export function unusedColumns(
  { at, sale, fields, place, columns = {} }: Profile,
  headers: readonly string[],
): string[] {
  const sources = [...Object.values(fields), ...Object.values(place ?? {})]
  const used = new Set([
    ...timeColumns(at),
    ...Object.values(sale ?? {}),
    ...sources.flatMap((one) => [one?.column ?? [], one?.minusColumn ?? []].flat()),
  ])
  return headers.filter((header) => !used.has(header) && (columns[header] ?? "ignore") === "ignore")
}

/** Whether a field can be read without a column. */
const standsAlone = ({
  constant,
  rowNumber,
  cardRef,
  orRowHash,
  minusColumn,
}: Partial<FieldSource>): boolean =>
  constant !== undefined ||
  rowNumber !== undefined ||
  minusColumn !== undefined ||
  cardRef === true ||
  orRowHash === true

function withoutAbsent<Given extends Profile>(
  { at, sale, fields, ...profile }: Given,
  headers: readonly string[],
): Given {
  const isPresent = (column: string | undefined) => column !== undefined && headers.includes(column)
  const present = Object.entries(fields).flatMap(([target, given]): [string, FieldSource][] => {
    const { column, minusColumn, ...rest } = given
    const own = isPresent(minusColumn) ? { ...rest, minusColumn } : rest
    const columns = (column === undefined ? [] : [column].flat()).filter(isPresent)
    const [only] = columns
    if (only !== undefined) return [[target, { ...own, column: columns.length === 1 ? only : columns }]]
    return standsAlone(own) ? [[target, own]] : []
  })
  return {
    ...profile,
    ...(at && timeColumns(at).every(isPresent) ? { at } : {}),
    ...(sale
      ? { sale: Object.fromEntries(Object.entries(sale).filter(([, column]) => isPresent(column))) }
      : {}),
    fields: Object.fromEntries(present),
  } as Given
}

function recordProfile<Given extends Profile>(profile: Given, head: WholeHead): Given {
  const { headers, facts } = head
  if (profile.kind !== "transactions" && profile.kind !== "heartbeats") return profile
  const columns = assignColumns(headers, profile.kind, profile.columns, facts)
  const column = (target: Target): string | undefined => headers.find((header) => columns[header] === target)

  const fields: Record<string, FieldSource> = {}
  for (const header of headers) {
    const target = columns[header]
    if (target !== undefined && !apart.includes(target)) fields[target] ??= fieldOf(target, header)
  }
  const at = profile.at ?? timeSource(column, facts)
  const own = profile.kind === "transactions" ? saleFields({ profile, column, facts }) : {}
  const isChinese = headers.some((header) => /\p{Script=Han}/u.test(header))
  const currency = profile.currency ?? (isChinese ? "CNY" : undefined)
  const constants = {
    ...(profile.acquirer === undefined ? {} : { acquirer: source({ constant: profile.acquirer }) }),
    ...(currency === undefined || profile.kind === "heartbeats" || fields["currency"]
      ? {}
      : { currency: source({ constant: currency }) }),
  }
  const sale = profile.sale ?? saleSource(profile, column)
  return {
    ...profile,
    columns,
    ...(at ? { at } : {}),
    ...(sale ? { sale } : {}),
    fields: { ...constants, ...fields, ...own, ...profile.fields },
  }
}

/** The fields of master data that are not plain text. */
const terminalReadings: Partial<Record<Target, Partial<FieldSource>>> = {
  status: { map: spelled(statusWords), anyCase: true },
  openingHours: { as: "openingHours" },
  labels: { as: "labels" },
  boughtOn: { as: "day" },
  warrantyUntil: { as: "day" },
}

function terminalProfile<Given extends Profile>(profile: Given, { headers }: Head): Given {
  const columns = assignColumns(headers, "terminals", profile.columns)
  const fields = headers.flatMap((header): [string, FieldSource][] => {
    const target = columns[header] ?? "ignore"
    return target === "ignore" ? [] : [[target, source({ column: header, ...terminalReadings[target] })]]
  })
  return {
    ...profile,
    columns,
    fields: { ...Object.fromEntries(fields), ...profile.fields },
  }
}

type Column = (target: Target) => string | undefined

function timeSource(column: Column, facts: FileFacts): TimeSource | undefined {
  const [at, date, time] = [column("at"), column("date"), column("time")]
  if (date !== undefined && time !== undefined) return { date, time, clock: clockOf(facts[time]) }
  const only = at ?? date ?? time
  return only === undefined ? undefined : { column: only, ...formatOf(facts[only]) }
}

/**
 * The columns that decide the outcome. With a constant outcome, the type column still decides the kind of
 * transaction.
 */
function saleSource({ kind, fields }: Profile, column: Column): Profile["sale"] {
  const own = fields["outcome"]
  if (kind !== "transactions" || (own && own.constant === undefined)) return undefined
  const columns = {
    outcome: own ? undefined : column("outcome"),
    status: own ? undefined : column("status"),
    code: column("code"),
    type: column("type"),
    original: column("original"),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, header]) => header !== undefined))
}

function saleFields({
  profile,
  column,
  facts,
}: {
  profile: Profile
  column: Column
  facts: FileFacts
}): Record<string, FieldSource> {
  const [id, card] = [column("id"), column("cardNumber")]
  const own = id ?? column("rrn") ?? column("trace")
  const amount = amountSource(profile, { plus: column("amount"), minus: column("amountOut"), facts })
  return {
    id: source({ ...(own === undefined ? {} : { column: own }), orRowHash: true }),
    ...(column("cardRef") === undefined ? { cardRef: source({ cardRef: true }) } : {}),
    ...(card !== undefined && column("issuerBin") === undefined
      ? { issuerBin: source({ column: card, as: "bin" }) }
      : {}),
    ...(amount ? { amountMinor: source(amount) } : {}),
  }
}
