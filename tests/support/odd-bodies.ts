import fc from "fast-check"
import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"

/** 300 in each test run; `npm run fuzz` sets 10,000. */
export const cases = Number(process.env["FUZZ_CASES"] ?? 300)

const today = new Date().toISOString().slice(0, 10)

/** Well-known test numbers. */
export const pans = [
  "4111111111111111",
  "5555555555554444",
  "378282246310005",
  "6011111111111117",
  "4111 1111 1111 1111",
]

export const pan = fc.constantFrom(...pans)

export const strange = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -0,
    1e308,
    4.111111111111111e15,
    "",
    "NaN",
    "\0",
    "\ud800",
    "=cmd|' /C calc'!A0",
    "'; drop table heartbeat; --",
    "1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2026-02-30T00:00:00Z",
    `${today}T00:00:00+23:59`,
    `${today}T23:59:59-23:59`,
  ),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.integer(),
  fc.double({ noNaN: false }),
  pan,
  fc.array(fc.integer(), { maxLength: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
)

export const time = fc
  .integer({ min: 0, max: 86_400 })
  .map((seconds) => new Date(Date.now() - seconds * 1000).toISOString())

export const terminal = fc.constantFrom("SN1", "SN2", "SN3")

export const tables = fc
  .tuple(
    fc.array(fc.tuple(terminal, time, fc.oneof(pan, fc.string({ unit: "binary", maxLength: 20 })))),
    fc.boolean(),
  )
  .map(([rows, isQuoted]) =>
    Buffer.from(
      [
        "terminal,at,app",
        ...rows.map((row) => row.map((cell) => (isQuoted ? `"${cell}"` : cell)).join(",")),
      ].join("\n"),
    ),
  )

export const bytes = fc.uint8Array({ maxLength: 500 }).map((array) => Buffer.from(array))

/** All of the organisation's rows in the tables that store sent data, as text. */
export const stored = (orgId: string) =>
  asWorker(async (db) =>
    JSON.stringify([
      await db.query(sql`select * from heartbeat where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from transaction where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from quarantine where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from terminal where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from terminal_tid where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from terminal_model where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from acquirer where org_id = ${orgId}::uuid`),
      await db.query(sql`select * from unmapped_code where org_id = ${orgId}::uuid`),
    ]),
  )

export const cell = fc.oneof(
  pan,
  terminal,
  time,
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("", "¥1,234.50", "'00", "=1+1", "622202******1234", '"', "2026/11/24 9:05", "0.5"),
)
