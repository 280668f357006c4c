import { z } from "zod"
import { isZone } from "@/lib/time/zone"
import { ResponseCode } from "@/lib/causes/schemas"

/** How one field of the contract is made from a row's columns. Steps apply in the order in which they stand here. */
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
  /** One way: the first 20 hex digits of SHA-256. For ids that look like card numbers. */
  hash: z.boolean().default(false),
  /** What the text is: money in units such as $134.09 becomes minor units. */
  as: z.enum(["text", "number", "boolean", "money", "openingHours"]).default("text"),
})
export type FieldSource = z.infer<typeof FieldSource>

/** A local or absolute time: ISO in one column, or parts of it in several. */
export const TimeSource = z.union([
  z.strictObject({ column: z.string(), format: z.string().optional() }),
  z.strictObject({ year: z.string(), month: z.string(), day: z.string(), time: z.string() }),
])
export type TimeSource = z.infer<typeof TimeSource>

const fields = z.record(z.string(), FieldSource)

/** How a file of a kind is read: which columns become which fields, in which encoding and time zone. */
export const Profile = z.strictObject({
  name: z.string(),
  description: z.string(),
  kind: z.enum(["terminals", "heartbeats", "transactions", "codes"]),
  encoding: z.enum(["utf8", "gb18030"]).default("utf8"),
  delimiter: z.string().length(1).default(","),
  /** Zone of times that carry no offset; an hour that the clocks skip counts as the next, one that comes twice as the first. */
  timeZone: z.string().refine(isZone, { error: "an IANA time zone such as Asia/Shanghai" }).default("UTC"),
  codeSystem: z.string().optional(),
  /** The code table that belongs to the file; it is uploaded first. */
  codes: z.array(ResponseCode).optional(),
  at: TimeSource.optional(),
  fields,
  /** A transaction file may say where its terminals stand: they are made before their sales come in. */
  place: z.strictObject({ serial: FieldSource, storeCode: FieldSource, storeName: FieldSource, merchant: FieldSource.optional() }).optional(),
})
export type Profile = z.infer<typeof Profile>
