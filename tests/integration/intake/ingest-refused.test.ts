import { describe, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
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
} from "@/tests/support/ingest"

useDatabase()

describe("rejected records", () => {
  test.each([
    ["no terminal", { at: minutesAgo(1) }, "invalid", "terminal"],
    ["no time", { terminal: "SN" }, "invalid", "at"],
    ["a time without offset", { terminal: "SN", at: "2026-11-24T09:30:00" }, "invalid", "at"],
    ["NUL in a text", { terminal: "S\0N", at: minutesAgo(1) }, "invalid", "terminal"],
    ["a time six minutes ahead", { terminal: "SN", at: minutesAgo(-6) }, "clock_wrong", "at"],
    ["a time 36 days ago", { terminal: "SN", at: minutesAgo(36 * 1440) }, "too_old", "at"],
    ["the year 1970", { terminal: "SN", at: "1970-01-01T00:00:00Z" }, "too_old", "at"],
    ["the year 9999", { terminal: "SN", at: "9999-01-01T00:00:00Z" }, "clock_wrong", "at"],
    [
      "a clock ten days off",
      { terminal: "SN", at: minutesAgo(14400), sentAt: minutesAgo(14400) },
      "clock_wrong",
      "at",
    ],
    ["a number", 42, "invalid", null],
    ["null", null, "invalid", null],
  ])(
    "%s is rejected with its reason, kept, and costs its neighbours nothing",
    async (_name, bad, code, field) => {
      const { orgId, ingestKey } = await givenOrganisation()
      const { serial } = await givenTerminal(orgId)
      const answer = await answerOf(
        await heartbeats({
          key: ingestKey,
          body: lines([
            { terminal: serial, at: minutesAgo(1) },
            bad,
            { terminal: serial, at: minutesAgo(2) },
          ]),
        }),
      )
      expect(answer).toMatchObject({ accepted: 2, rejected: 1, errors: [{ index: 1, code, field }] })
      expect(answer.errors[0]?.message).toMatch(/\w+ \w+/)
      expect(await quarantined(orgId)).toMatchObject([{ kind: "heartbeat", code, field, resolved_at: null }])
    },
  )

  test("a broken line of NDJSON is a rejected record", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = `{"terminal": "${serial}", "at"\n${lines([{ terminal: serial, at: minutesAgo(1) }])}`
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({
      accepted: 1,
      rejected: 1,
      errors: [{ index: 0, code: "invalid" }],
    })
    expect(await quarantined(orgId)).toMatchObject([{ record: `{"terminal": "${serial}", "at"` }])
  })

  test("a line that is not UTF-8 is a rejected record", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const good = Buffer.from(`\n${lines([{ terminal: serial, at: minutesAgo(1) }])}`)
    const body = Buffer.concat([
      Buffer.from('{"terminal":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('","at":"2026-11-24T00:00:00Z"}'),
      good,
    ])
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({
      accepted: 1,
      rejected: 1,
    })
    expect(await quarantined(orgId)).toHaveLength(1)
  })

  test("reports the first hundred errors, and counts and keeps the rest", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const answer = await answerOf(
      await heartbeats({ key: ingestKey, body: lines(Array.from({ length: 150 }, (_, i) => ({ i }))) }),
    )
    expect(answer.rejected).toBe(150)
    expect(answer.errors).toHaveLength(100)
    expect(await quarantined(orgId)).toHaveLength(150)
  })

  test("a reversal must name what it reverses", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const reversal = { terminal: serial, at: minutesAgo(1), id: "2", outcome: "reversed" }
    expect(
      await answerOf(
        await transactions({ key: ingestKey, body: lines([reversal, { ...reversal, reverses: "1" }]) }),
      ),
    ).toMatchObject({ accepted: 1, errors: [{ index: 0, field: "reverses" }] })
  })

  test("ignores and drops unknown fields, and names each once", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const body = lines([
      { terminal: serial, at: minutesAgo(1), colour: "red" },
      { terminal: serial, at: minutesAgo(2), colour: "blue", __proto__x: 1 },
    ])
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({
      accepted: 2,
      ignored: ["colour", "__proto__x"],
    })
  })

  test("ignores unknown fields of events, too", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const event = { kind: "sign_in", at: minutesAgo(2) }
    expect(
      await answerOf(
        await heartbeats({
          key: ingestKey,
          body: lines([
            {
              terminal: serial,
              at: minutesAgo(1),
              events: [
                { ...event, who: "x" },
                { ...event, who: "y" },
              ],
            },
          ]),
        }),
      ),
    ).toMatchObject({ accepted: 1, ignored: ["events.who"] })
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ events: [event, event] }])
  })

  test("reports errors in the order of the records", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ enrolUnknown: false })
    const { serial } = await givenTerminal(orgId)
    const body = lines([
      { terminal: "X", at: minutesAgo(1) },
      {},
      { terminal: "Y", at: minutesAgo(1) },
      { terminal: serial, at: minutesAgo(-9) },
    ])
    const { errors } = await answerOf(await heartbeats({ key: ingestKey, body }))
    expect(errors.map(({ index, code }) => [index, code])).toEqual([
      [0, "unknown_terminal"],
      [1, "invalid"],
      [2, "unknown_terminal"],
      [3, "clock_wrong"],
    ])
  })

  test("a value that only PostgreSQL refuses does not affect other records", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    await asOwner((client) =>
      client.query(`alter table heartbeat add constraint odd_check check (os is distinct from 'odd')`),
    )
    const beats = Array.from({ length: 9 }, (_, i) => ({
      terminal: serial,
      at: minutesAgo(i),
      ...(i === 4 ? { os: "odd" } : {}),
    }))
    const answer = await answerOf(await heartbeats({ key: ingestKey, body: lines(beats) }))
    await asOwner((client) => client.query("alter table heartbeat drop constraint odd_check"))
    expect(answer).toMatchObject({ accepted: 8, rejected: 1, errors: [{ index: 4, code: "invalid" }] })
    expect(await quarantined(orgId)).toHaveLength(1)
  })

  test("answers 503 for a valid day whose partition the worker has not created", async () => {
    const { orgId, ingestKey } = await givenOrganisation({ rawRetentionDays: 400 })
    const { serial } = await givenTerminal(orgId)
    const response = await heartbeats({
      key: ingestKey,
      body: lines([
        { terminal: serial, at: minutesAgo(1) },
        { terminal: serial, at: minutesAgo(300 * 1440) },
      ]),
    })
    expect(response.status).toBe(503)
    expect(await rowsOf(orgId, "heartbeat")).toEqual([])
    expect(await rowsOf(orgId, "quarantine")).toEqual([])
  })
})
