import { expect, test } from "vitest"
import { POST as move } from "@/app/api/v1/terminals/[id]/move/route"
import { POST as swap } from "@/app/api/v1/terminals/[id]/swap/route"
import { POST as changeTid } from "@/app/api/v1/terminals/[id]/tid/route"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen, detect, flagsOf, givenBeats, minute } from "@/tests/support/flags"
import { givenPerson } from "@/tests/support/people"
import { givenBatch } from "@/tests/support/raw"
import { done, send } from "@/tests/support/terminal-life"

useDatabase()

const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()

const beatNow = async (orgId: string, terminalId: number, fields: Record<string, unknown>) => {
  await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at: ago(0), ...fields }])
  await foldAll()
}

test.each([
  ["maintenance mode", "maintenance_mode", { mode: "maintenance" }, { mode: "normal" }],
  ["a clock that is slow", "clock_wrong", { clock_offset_ms: 8 * minute }, { clock_offset_ms: 0 }],
  ["an open batch", "day_not_closed", { batch_opened_at: ago(40 * 60) }, { batch_opened_at: ago(5) }],
])("%s is flagged after hours, and no more once it is over", async (_name, rule, wrong, right) => {
  const { orgId, readKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  // What began an hour ago is no reason yet.
  const { terminalId: recent } = await givenTerminal(orgId, { storeId })
  await givenBeats(orgId, terminalId, { count: 22, until: 12, fields: wrong })
  await givenBeats(orgId, recent, {
    count: 4,
    until: 12,
    fields: "batch_opened_at" in wrong ? { batch_opened_at: ago(60) } : wrong,
  })
  await detect(orgId, 2)
  expect((await flagsOf(readKey)).data).toMatchObject([
    { rule, kind: "maintenance", status: "open", terminal: { id: terminalId }, reasons: [{ code: rule }] },
  ])

  await beatNow(orgId, terminalId, right)
  await detect(orgId, 3, rule === "day_not_closed" ? 90 : 4)
  expect((await flagsOf(readKey)).data).toEqual([])
})

test("heartbeats that come late say since when a terminal has been in maintenance", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  await givenBeats(orgId, terminalId, { count: 2, until: 2, fields: { mode: "maintenance" } })
  await detect(orgId, 2)
  expect((await flagsOf(readKey)).data).toEqual([])
  await givenBeats(orgId, terminalId, { count: 20, until: 40, fields: { mode: "maintenance" } })
  // The hour after which it would have counted as forgotten comes.
  await detect(orgId, 2, 245)
  expect((await flagsOf(readKey, "?rule=maintenance_mode")).data).toHaveLength(1)
})

test("a batch that heartbeats name no more is closed", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  await givenBeats(orgId, terminalId, { count: 4, until: 180, fields: { batch_opened_at: ago(40 * 60) } })
  await givenBeats(orgId, terminalId, { count: 12, until: 1 })
  await detect(orgId, 2)
  expect((await flagsOf(readKey)).data).toEqual([])
})

test("in a fleet of ten, a flag goes with the terminal that moves, and closes with its swap", async () => {
  const { orgId, readKey } = await givenOrganisation()
  const manager = await givenPerson(orgId, "manager")
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { storeId: other } = await givenStore(orgId, { openingHours: alwaysOpen, timeZone: "Asia/Kathmandu" })
  const fleet = await Promise.all(
    Array.from({ length: 10 }, (_, i) => {
      const place = i === 1 ? { storeId, status: "spare" } : { storeId: i < 5 ? storeId : other }
      return givenTerminal(orgId, place)
    }),
  )
  const [left = 0, replacement = 0] = fleet.map(({ terminalId }) => terminalId)
  const tids = fleet.map(({ tid }) => tid)
  await givenBeats(orgId, left, { count: 22, until: 12, fields: { mode: "maintenance" } })
  await detect(orgId, 2)
  await done(send(move, manager, left, { store: other }))
  await detect(orgId, 3, 4)
  expect((await flagsOf(readKey)).data).toMatchObject([
    { rule: "maintenance_mode", terminal: { id: left }, store: { id: other } },
  ])
  await done(send(changeTid, manager, replacement, { tid: tids[1], end: true }))
  await done(send(swap, manager, left, { replacement, oldStatus: "retired" }))
  await detect(orgId, 3, 8)
  expect((await flagsOf(readKey)).data).toEqual([])
})
