import sql from "sql-template-tag"
import { describe, expect, test, vi } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { log } from "@/lib/base/log/log"
import { notOnCluster } from "@/tests/support/cluster-tests"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import {
  answerOf,
  heartbeats,
  lines,
  minutesAgo,
  quarantined,
  rowsOf,
  transactions,
  transactionsOnce,
} from "@/tests/support/ingest"

useDatabase()

const pan = "4111111111111111"
const longPan = "6205500000000000004"

/** All rows of all tables as text, as in a database dump. */
const wholeDatabase = () =>
  asOwner(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind = 'r'
          and not exists (select 1 from pg_inherits i where i.inhrelid = c.oid and c.relkind = 'p')`,
    )
    const texts: string[] = []
    for (const { name } of rows) {
      const dumped = await client.query<{ text: string }>(`select t::text as text from ${name} t`)
      texts.push(...dumped.rows.map(({ text }) => text))
    }
    return texts.join("\n")
  })

const digitsOnly = (text: string) => text.replaceAll(/\\+u00(20|2d|3(\d))/gi, "$2").replaceAll(/[ -]/g, "")

const sale = (terminal: string, members: string) =>
  `{"terminal":"${terminal}","at":"${minutesAgo(1)}","id":"1","outcome":"approved",${members}}`

describe("a PAN never enters", () => {
  test.each([
    ["in a text", (terminal: string) => sale(terminal, `"cardRef":"${pan}"`)],
    ["in groups", (terminal: string) => sale(terminal, `"cardRef":"4111 1111 1111 1111"`)],
    ["with dashes", (terminal: string) => sale(terminal, `"cardRef":"4111-1111-1111-1111"`)],
    ["inside a text", (terminal: string) => sale(terminal, `"operator":"card ${pan}, Li"`)],
    ["as a number", (terminal: string) => sale(terminal, `"amountMinor":${pan}`)],
    [
      "as a number with an exponent",
      (terminal: string) => sale(terminal, `"amountMinor":4.111111111111111e15`),
    ],
    ["in an unknown field", (terminal: string) => sale(terminal, `"note":{"deep":["${pan}"]}`)],
    ["as a field's name", (terminal: string) => sale(terminal, `"${pan}":1`)],
    ["with a digit escaped", (terminal: string) => sale(terminal, `"cardRef":"\\u0034111111111111111"`)],
    [
      "with every digit escaped",
      (terminal: string) =>
        sale(terminal, `"cardRef":"${[...pan].map((digit) => `\\u003${digit}`).join("")}"`),
    ],
    [
      "with its spaces escaped",
      (terminal: string) => sale(terminal, `"cardRef":"4111\\u00201111\\u00201111\\u00201111"`),
    ],
    ["under __proto__", (terminal: string) => sale(terminal, `"__proto__":{"cardRef":"${pan}"}`)],
    ["in a field given twice", (terminal: string) => sale(terminal, `"cardRef":"${pan}","cardRef":"x"`)],
    ["in broken JSON", (terminal: string) => `{"terminal":"${terminal}","cardRef":"${pan}`],
    ["beside another fault", () => JSON.stringify({ cardRef: pan })],
  ])("%s is refused, and kept only masked", async (_name, record) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const response = await transactions({ key: ingestKey, body: record(serial) })
    const answer = await answerOf(response)
    expect(answer).toMatchObject({ accepted: 0, rejected: 1, errors: [{ code: "pan_suspected" }] })
    expect(digitsOnly(JSON.stringify(answer))).not.toContain(pan)
    expect(await rowsOf(orgId, "transaction")).toEqual([])
    expect(await quarantined(orgId)).toMatchObject([
      { code: "pan_suspected", record: expect.stringMatching(/\*{3}/) as string },
    ])
    expect(digitsOnly(await wholeDatabase())).not.toContain(pan)
  })

  test("in nested events of a heartbeat", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const beat = {
      terminal: serial,
      at: minutesAgo(1),
      events: [{ kind: "tamper", at: minutesAgo(2), note: pan }],
    }
    expect(await answerOf(await heartbeats({ key: ingestKey, body: lines([beat]) }))).toMatchObject({
      accepted: 0,
      errors: [{ code: "pan_suspected" }],
    })
    expect(await rowsOf(orgId, "heartbeat")).toEqual([])
  })

  test.each([
    [
      "a CSV cell",
      "text/csv",
      (terminal: string) =>
        `terminal,at,id,outcome,cardRef\n${terminal},${minutesAgo(1)},1,approved,${pan}\n`,
    ],
    [
      "a CSV column nobody knows",
      "text/csv",
      (terminal: string) =>
        `terminal,at,id,outcome,colour\n${terminal},${minutesAgo(1)},1,approved,4111 1111 1111 1111\n`,
    ],
    [
      "a CSV header",
      "text/csv",
      (terminal: string) => `terminal,at,id,outcome,${pan}\n${terminal},${minutesAgo(1)},1,approved,x\n`,
    ],
    [
      "a JSON document",
      "application/json",
      (terminal: string) => `{"transactions":[${sale(terminal, `"cardRef":"${pan}"`)}]}`,
    ],
    [
      "a JSON document, under __proto__",
      "application/json",
      (terminal: string) => `{"transactions":[${sale(terminal, `"__proto__":{"cardRef":"${pan}"}`)}]}`,
    ],
  ])("in %s", async (_name, type, body) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    expect(await answerOf(await transactions({ key: ingestKey, type, body: body(serial) }))).toMatchObject({
      accepted: 0,
      errors: [{ code: "pan_suspected" }],
    })
    expect(digitsOnly(await wholeDatabase())).not.toContain(pan)
  })

  test("as a number of 19 digits in a JSON document, which no double can hold", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = `{"transactions":[${sale(serial, `"amountMinor":${longPan}`)}]}`
    expect(
      await answerOf(await transactions({ key: ingestKey, type: "application/json", body })),
    ).toMatchObject({ errors: [{ code: "pan_suspected" }] })
    expect(await wholeDatabase()).not.toContain(longPan.slice(0, 15))
  })

  test("is masked for every reason of rejection, also beside other digits", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const body = `2026-11-24 09:30:00 ${pan} approved`
    expect(await answerOf(await transactions({ key: ingestKey, body }))).toMatchObject({
      errors: [{ code: "pan_suspected" }],
    })
    expect(await quarantined(orgId)).toMatchObject([
      { record: "2026-11-24 09:30:00 411111******1111 approved" },
    ])
  })

  test.each([
    ["a wrong check digit", `"cardRef":"4111111111111112"`],
    ["no scheme's prefix", `"cardRef":"1000000000000008"`],
    ["a scheme's prefix with another length", `"cardRef":"41111111111111"`],
    ["20 digits", `"cardRef":"41111111111111111111"`],
    ["first six and last four", `"cardRef":"411111******1111"`],
  ])("accepts %s", async (_name, members) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    expect(await answerOf(await transactions({ key: ingestKey, body: sale(serial, members) }))).toMatchObject(
      { accepted: 1 },
    )
  })

  test("accepts a precise position", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const position = '"lat":31.4222222222222,"lon":121.4222222222222'
    const body = `{"terminal":"${serial}","at":"${minutesAgo(1)}",${position}}`
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({ accepted: 1 })
  })
})

test("logs contain no body, even if the database quotes it", async (context) => {
  notOnCluster(context, "it allows no trigger on a distributed table, which quotes the row here")
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const written: unknown[] = []
  for (const level of ["trace", "debug", "info", "warn", "error", "fatal"] as const) {
    vi.spyOn(log, level).mockImplementation((...told: unknown[]) => void written.push(told))
  }
  await asOwner(async (client) => {
    await client.query(
      `create function quote_row() returns trigger language plpgsql as $$
       begin
         raise exception E'refused\n%\n', new using errcode = 'XX001', detail = new::text;
       end $$`,
    )
    await client.query(
      `create trigger quote_row before insert on transaction for each row execute function quote_row()`,
    )
  })
  try {
    const response = await transactionsOnce({
      key: ingestKey,
      body: lines([
        {
          terminal: serial,
          at: minutesAgo(1),
          id: "secret-id",
          outcome: "approved",
          operator: "secret-name",
        },
      ]),
    })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain("secret")
    await transactionsOnce({ key: ingestKey, body: `{"operator":"secret-name"` })
    await transactionsOnce({
      key: ingestKey,
      type: "application/json",
      body: `{"transactions":[{"operator":"secret-name"`,
    })
    await transactionsOnce({ key: ingestKey, type: "text/csv", body: `terminal,at,"secret-name` })
  } finally {
    await asOwner((client) => client.query(`drop trigger quote_row on transaction`))
    vi.restoreAllMocks()
  }
  expect(written).toHaveLength(1)
  expect(JSON.stringify(written)).not.toContain("secret")
  expect(
    await asWorker((db) => db.query(sql`select 1 from transaction where org_id = ${orgId}::uuid`)),
  ).toEqual([])
})
