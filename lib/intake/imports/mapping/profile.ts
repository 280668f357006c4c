import { z } from "zod"
import { isZone } from "@/lib/base/time/zone"
import { ResponseCode } from "@/lib/fleet/code-packs/schemas"
import { targets } from "@/lib/intake/imports/mapping/targets"
import { dateOrders, decimalMarks, encodings, moneyUnits, saleWords } from "@/lib/intake/imports/words"

/**
 * How one field of the contract is made from a row's columns. Steps apply in the order in which they stand
 * here.
 */
export const FieldSource = z.strictObject({
  /** Column to read; several are joined. */
  column: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  joinWith: z.string().default(""),
  constant: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** The row's number, zero-padded to this many digits. */
  rowNumber: z.int().min(1).max(18).optional(),
  /** Only the first of a list with this separator. */
  firstOf: z.string().min(1).optional(),
  /** Texts to replace; "*" stands for every other text that is not empty, "" for an empty one. */
  map: z.record(z.string(), z.string()).optional(),
  /** Whether the texts to replace are meant in any case; they are in lower case then. */
  anyCase: z.boolean().optional(),
  /** One way: the first 20 hex digits of SHA-256. For ids that look like card numbers. */
  hash: z.boolean().default(false),
  /**
   * Where the text is empty or had to be masked: the row's own hash, which equal rows of a file are counted
   * into.
   */
  orRowHash: z.boolean().default(false),
  /** The one-way reference made of the card number in the row. */
  cardRef: z.boolean().default(false),
  /** How many zeros the unit of amounts has: 4 for 万元. */
  zeros: z.int().min(1).max(9).optional(),
  /** Column of amounts that count as negative, read where the first is empty or zero. */
  minusColumn: z.string().optional(),
  /**
   * What the text is: money in units such as $134.09 becomes minor units; a code may be followed by its
   * words.
   */
  as: z
    .enum([
      "text",
      "number",
      "boolean",
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
 * A local or absolute time: in one column, in a date and a time, or in parts. The format `MMddHHmmss` takes
 * the year of the profile, and `X` is seconds since 1970; `clock` is what four digits of a time of day are.
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

/** The columns that say what became of a sale, where no single one does. */
export const SaleSource = z.strictObject({
  /** With the contract's own words for the outcome, or others for it. */
  outcome: z.string().optional(),
  status: z.string().optional(),
  code: z.string().optional(),
  type: z.string().optional(),
  /** The transaction that a reversal names. */
  original: z.string().optional(),
})
export type SaleSource = z.infer<typeof SaleSource>

const name = z.string().min(1).max(64)

/** How a file of a kind is read: which columns become which fields, in which encoding and time zone. */
export const Profile = z.strictObject({
  name,
  description: z.string().max(500).default(""),
  kind: z.enum(["terminals", "heartbeats", "transactions", "codes"]),
  /** Found out of the file where it is absent, as the delimiter is. */
  encoding: z.enum(encodings).optional(),
  delimiter: z.string().length(1).optional(),
  /** The line that names the columns, or 0 where none does. */
  headerRow: z.int().min(0).max(50).optional(),
  /**
   * Zone of times that carry no offset; an hour that the clocks skip counts as the next, one that comes twice
   * as the first.
   */
  timeZone: z
    .string()
    .max(64)
    .refine(isZone, { error: "an IANA time zone such as Asia/Shanghai" })
    .default("UTC"),
  dateOrder: z.enum(dateOrders).optional(),
  /** The year of the file's last day, for times that name none. */
  year: z.int().min(1990).max(2100).optional(),
  /** The decimal mark of amounts; found out of the whole column where it is absent. */
  decimalMark: z.enum(decimalMarks).optional(),
  /** What words of statuses and types mean that Tillwatch does not know, by the text in lower case. */
  words: z.record(z.string().max(200), z.enum(saleWords)).optional(),
  codeSystem: z.string().max(64).optional(),
  acquirer: z.string().max(64).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: "an ISO 4217 code such as CNY" })
    .optional(),
  /** What amounts are in where their columns do not say. */
  moneyUnit: z.enum(moneyUnits).optional(),
  /**
   * What each column is, by its header; one that is not named is known by its usual names. Fields that are
   * written out below count before.
   */
  columns: z.record(z.string().max(200), z.enum(targets)).optional(),
  /** The code table that belongs to the file; it is uploaded first. */
  codes: z.array(ResponseCode).optional(),
  at: TimeSource.optional(),
  sale: SaleSource.optional(),
  fields: z.record(z.string().max(64), FieldSource).default({}),
  /**
   * Whether a file of terminals may bring stores, merchants, regions, models and acquirers that do not exist
   * yet; it may unless told otherwise.
   */
  makesMissing: z.boolean().optional(),
  /** A transaction file may say where its terminals stand: they are made before their sales come in. */
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
