import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { localDay } from "@/lib/base/time/zone"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { addTerminal } from "@/lib/fleet/terminals/life/add-terminal"
import { NewTerminal } from "@/lib/fleet/terminals/life/life-schemas"
import { listTerminals } from "@/lib/fleet/terminals/read/list-terminals"
import { TerminalQuery } from "@/lib/fleet/terminals/schemas"
import { settleDue } from "@/lib/insight/silence/settle-states"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen, beforeFoldLock, detect, flagsOf, givenBeats } from "@/tests/support/flags"
import { heartbeats, lines, minutesAgo } from "@/tests/support/ingest"

useDatabase()

const stateOf = async (terminalId: number) => {
  const [row] = await asWorker((db) =>
    db.query<{ online_state: string }>(
      sql`select online_state from terminal_state where terminal_id = ${terminalId}::bigint`,
    ),
  )
  return row?.online_state
}

describe("online states", () => {
  test.each([
    ["within its interval", 15, 10, alwaysOpen, "online"],
    ["two heartbeats missed", 15, 35, alwaysOpen, "late"],
    ["four heartbeats missed", 15, 65, alwaysOpen, "suspect"],
    ["silent for two open hours", 15, 125, alwaysOpen, "offline"],
    ["a heartbeat a minute, silent for five minutes", 1, 5, alwaysOpen, "late"],
    ["a heartbeat a minute, silent for eleven minutes", 1, 11, alwaysOpen, "suspect"],
    ["in a closed store", 15, 300, {}, "online"],
    ["unknown hours, silent for a night", 15, 14 * 60, null, "late"],
    ["unknown hours, silent for more than a day", 15, 25 * 60, null, "offline"],
  ])("%s", async (_name, every, until, openingHours, expected) => {
    const { orgId } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, terminalId, { every, until })
    await detect(orgId, 1)
    expect(await stateOf(terminalId)).toBe(expected)
  })

  test.each([
    [
      "on a holiday",
      {
        exceptions: Object.fromEntries(
          [-1, 0].map((days) => [localDay(new Date(Date.now() + days * 86_400_000), "Asia/Shanghai"), []]),
        ),
      },
      "online",
    ],
    ["in a store that is closed for good", { closedOn: "2026-01-01" }, "unknown"],
  ])("%s, silence is no fault", async (_name, out, expected) => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen, ...out })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, terminalId, { until: 300 })
    await detect(orgId, 3)
    expect(await stateOf(terminalId)).toBe(expected)
    expect((await flagsOf(readKey)).data).toEqual([])
  })

  test.each([
    ["five silent terminals are our outage: unknown and without flags", 5, "unknown", 0],
    ["four silent terminals may have failed: offline and flagged", 4, "offline", 4],
  ])("in a whole fleet, %s", async (_name, count, expected, flagged) => {
    const { orgId, readKey } = await givenOrganisation()
    const ids: number[] = []
    for (let i = 0; i < count; i += 1) {
      const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
      const { terminalId } = await givenTerminal(orgId, { storeId })
      await givenBeats(orgId, terminalId, { until: 200 })
      ids.push(terminalId)
    }
    await detect(orgId, 3)
    expect(await Promise.all(ids.map(stateOf))).toEqual(ids.map(() => expected))
    expect((await flagsOf(readKey)).data).toHaveLength(flagged)
  })
})

test("a terminal is among the unknown from when it comes, however it comes", async () => {
  const { orgId, actor, ingestKey } = await givenOrganisation()
  const { storeId, code } = await givenStore(orgId)
  const unknown = async () => {
    const { data, ...page } = await listTerminals({ actor, query: TerminalQuery.parse({ state: "unknown" }) })
    return { serials: data.map(({ serial }) => serial), total: page.total }
  }
  await addTerminal({ actor, terminal: NewTerminal.parse({ serial: "a", store: storeId }) })
  await upsertTerminals({ actor, entries: [{ serial: "b", store: code }] })
  await heartbeats({ key: ingestKey, body: lines([{ terminal: "c", at: minutesAgo(1) }]) })
  expect(await unknown()).toEqual({ serials: ["a", "b", "c"], total: 3 })
  await detect(orgId, 1)
  expect(await unknown()).toEqual({ serials: ["a", "b", "c"], total: 3 })
})

test("a heartbeat that is folded between reading and writing leaves its terminal online", async () => {
  const { orgId } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const [{ terminalId }, { terminalId: silent }] = [
    await givenTerminal(orgId, { storeId }),
    await givenTerminal(orgId, { storeId }),
  ]
  for (const id of [terminalId, silent]) await givenBeats(orgId, id, { until: 200 })
  const beat = () => givenBeats(orgId, terminalId, { until: 0, count: 1 })
  await asWorker((db) => settleDue(beforeFoldLock(db, beat), { orgId, now: new Date() }))
  expect(await stateOf(silent)).toBe("offline")
  await detect(orgId, 1)
  expect(await stateOf(terminalId)).toBe("online")
})
