import { z } from "zod"
import { isZone } from "@/lib/base/time/zone"
import { ResponseCode } from "@/lib/fleet/code-packs/schemas"
import { targets } from "@/lib/intake/imports/mapping/targets"
import {
  codeMeanings,
  dateOrders,
  decimalMarks,
  encodings,
  moneyUnits,
  saleWords,
} from "@/lib/intake/imports/words"

/**
 * How one field of the contract is made from a row's columns. The steps apply in the order of these members.
 */
export const FieldSource = z.strictObject({
  /** The column to read; several are joined. */
  column: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  joinWith: z.string().default(""),
  constant: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** Use the row's number, zero-padded to this many digits. */
  rowNumber: z.int().min(1).max(18).optional(),
  /** Use only the first item of a list with this separator. */
  firstOf: z.string().min(1).optional(),
  /** Texts to replace. "*" matches any other text that is not empty, "" an empty one. */
  map: z.record(z.string(), z.string()).optional(),
  /** Whether the texts to replace match in any case. They are in lower case then. */
  anyCase: z.boolean().optional(),
  /** Use the first 20 hex digits of SHA-256. For ids that look like card numbers. */
  hash: z.boolean().default(false),
  /** If the text is empty or was masked, use the row's own hash. It also counts equal rows of a file. */
  orRowHash: z.boolean().default(false),
  /** Use the one-way reference of the row's card number. */
  cardRef: z.boolean().default(false),
  /** The zeros of the amounts' unit: 4 for 万元. */
  zeros: z.int().min(1).max(9).optional(),
  /** The column of amounts that count as negative. It is read if the first one is empty or zero. */
  minusColumn: z.string().optional(),
  /**
   * The type of the text. Money in whole units such as $134.09 becomes minor units; an amount is money whose
   * unit is not known yet. A code may be followed by its description.
   */
  as: z
    .enum([
      "text",
      "number",
      "boolean",
      "amount",
      "money",
      "minor",
      "currency",
      "code",
      "bin",
      "openingHours",
      "labels",
      "day",
    ])
    .default("text"),
})
export type FieldSource = z.infer<typeof FieldSource>

/**
 * A local or absolute time: in one column, in a date and a time, or in parts. The format `MMddHHmmss` uses
 * the profile's year; `X` is seconds since 1970; `clock` says what four digits of a time of day are.
 */
export const TimeSource = z.union([
  z.strictObject({ column: z.string(), format: z.string().optional() }),
  z.strictObject({ date: z.string(), time: z.string(), clock: z.enum(["HHmm", "HHmmss"]).optional() }),
  z.strictObject({ year: z.string(), month: z.string(), day: z.string(), time: z.string() }),
])
export type TimeSource = z.infer<typeof TimeSource>

export const timeColumnsOf = (source: TimeSource): string[] =>
  "column" in source
    ? [source.column]
    : "date" in source
      ? [source.date, source.time]
      : [source.year, source.month, source.day, source.time]

/** The columns that decide the outcome of a sale, if no single one does. */
export const SaleSource = z.strictObject({
  /** With the contract's words for the outcome, or others for it. */
  outcome: z.string().optional(),
  status: z.string().optional(),
  code: z.string().optional(),
  type: z.string().optional(),
  /** The transaction that a reversal reverses. */
  original: z.string().optional(),
})
export type SaleSource = z.infer<typeof SaleSource>

const name = z.string().min(1).max(64)

/** How a file of one kind is read: the fields of its columns, its encoding and its time zone. */
export const Profile = z.strictObject({
  name,
  description: z.string().max(500).default(""),
  kind: z.enum(["terminals", "heartbeats", "transactions", "codes"]),
  /** Detected if absent, like the delimiter. */
  encoding: z.enum(encodings).optional(),
  delimiter: z.string().length(1).optional(),
  /** The line with the column names, or 0 if there is none. */
  headerRow: z.int().min(0).max(50).optional(),
  /**
   * The zone of times without an offset. An hour that the clocks skip is read as the next one, an hour that
   * occurs twice as the first.
   */
  timeZone: z
    .string()
    .max(64)
    .refine(isZone, { error: "an IANA time zone such as Asia/Shanghai" })
    .default("UTC"),
  dateOrder: z.enum(dateOrders).optional(),
  /** The year of the file's last day, for times without a year. */
  year: z.int().min(1990).max(2100).optional(),
  /** The decimal mark of amounts. If absent, detected from the whole column. */
  decimalMark: z.enum(decimalMarks).optional(),
  /** The meaning of words in statuses and types that Tillwatch does not know, by the text in lower case. */
  words: z.record(z.string().max(200), z.enum(saleWords)).optional(),
  /** The meaning of codes that no code table has; `*` stands for every other one. */
  codeMeanings: z.record(z.string().max(64), z.enum(codeMeanings)).optional(),
  codeSystem: z.string().max(64).optional(),
  acquirer: z.string().max(64).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: "an ISO 4217 code such as CNY" })
    .optional(),
  /** The unit of amounts whose columns do not say it. */
  moneyUnit: z.enum(moneyUnits).optional(),
  /**
   * The target of each column, by its header. Other columns are matched by their usual names. The fields
   * listed below take precedence.
   */
  columns: z.record(z.string().max(200), z.enum(targets)).optional(),
  /** The code table of the file. It is uploaded first. */
  codes: z.array(ResponseCode).optional(),
  at: TimeSource.optional(),
  sale: SaleSource.optional(),
  fields: z.record(z.string().max(64), FieldSource).default({}),
  /**
   * Whether a file of terminals may create stores, merchants, regions, models and acquirers. True by default.
   */
  makesMissing: z.boolean().optional(),
  /**
   * The stores of the terminals in a transaction file. The terminals are created before their sales are
   * stored.
   */
  place: z
    .strictObject({
      serial: FieldSource,
      storeCode: FieldSource,
      storeName: FieldSource,
      merchant: FieldSource.optional(),
    })
    .optional(),
})
export type Profile = z.infer<typeof Profile>
