import { expect, test } from "vitest"
import { POST as postClock } from "@/app/api/v1/quarantine/clock/route"
import { POST as postDiscard } from "@/app/api/v1/quarantine/discard/route"
import { POST as postReplay } from "@/app/api/v1/quarantine/replay/route"
import { POST as postRestore } from "@/app/api/v1/quarantine/restore/route"
import { GET as getList } from "@/app/api/v1/quarantine/route"
import { GET as getTerminals } from "@/app/api/v1/quarantine/terminals/route"
import { deleteOldQuarantine } from "@/lib/intake/quarantine/delete-old-quarantine"
import type { Moved, QuarantinePage, Replayed, TerminalGroups } from "@/lib/intake/quarantine/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, heartbeatsOnce, lines, rowsOf } from "@/tests/support/ingest"
import { replayAll } from "@/tests/support/quarantine"

useDatabase()

const hour = 3_600_000
const begun = Date.now()
const iso = (ms: number) => new Date(ms).toISOString()
const path = "/api/v1/quarantine"

const ok = async <Answer>(response: Promise<Response>): Promise<Answer> => {
  expect((await response).status).toBe(200)
  return (await response).json() as Promise<Answer>
}
const list = ({ readKey }: Organisation, search = "") =>
  ok<QuarantinePage>(call(getList, `${path}${search}`, { key: readKey }))
const groups = ({ readKey }: Organisation, search = "") =>
  ok<TerminalGroups>(call(getTerminals, `${path}/terminals${search}`, { key: readKey }))
const clock = ({ ingestKey }: Organisation, search: string, aheadSeconds: number) =>
  ok<Replayed>(
    call(postClock, `${path}/clock?${search}`, { key: ingestKey, body: JSON.stringify({ aheadSeconds }) }),
  )
const discard = ({ ingestKey }: Organisation, search = "") =>
  ok<Moved>(call(postDiscard, `${path}/discard${search}`, { key: ingestKey, method: "POST" }))
const restore = ({ ingestKey }: Organisation, search = "") =>
  ok<Moved>(call(postRestore, `${path}/restore${search}`, { key: ingestKey, method: "POST" }))
const send = ({ ingestKey }: Organisation, records: object[]) =>
  heartbeatsOnce({ key: ingestKey, body: lines(records) }).then(answerOf)

/** Records of a clock that is ahead by this much, a minute apart. The newest is measured now. */
const ahead = (terminal: string, aheadMs: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    terminal,
    at: iso(begun + aheadMs - i * 60_000),
    batteryPct: i,
  }))

test("groups records by terminal, most records first, and estimates how far a clock is ahead", async () => {
  const org = await givenOrganisation()
  await send(org, [
    ...ahead("A", 2 * hour, 5),
    ...ahead("B", 30 * 24 * hour, 9).toReversed(),
    { terminal: "C", at: "soon" },
  ])
  const { data, isWhole } = await groups(org, "?code=clock_wrong")
  expect(data).toMatchObject([
    { terminal: "B", count: 9 },
    { terminal: "A", count: 5 },
  ])
  for (const [terminal, seconds] of [
    ["A", 7_200],
    ["B", 30 * 86_400],
  ] as const) {
    const [one] = (await groups(org, `?code=clock_wrong&terminal=${terminal}`)).data
    expect(Math.abs((one?.aheadSeconds ?? 0) - seconds)).toBeLessThan(60)
  }
  expect(isWhole).toBe(true)
  expect((await groups(org)).data).toHaveLength(3)
})

test("corrects a fast clock for all records of its terminal; a second sending adds nothing", async () => {
  const org = await givenOrganisation()
  const { serial } = await givenTerminal(org.orgId)
  const records = ahead(serial, 2 * hour, 50)
  await send(org, [...records, ...ahead("OTHER", 2 * hour, 1)])
  expect(await clock(org, `terminal=${serial}`, 2 * 3_600)).toMatchObject({
    replayed: 50,
    resolved: 50,
    rejected: 0,
    left: 0,
    nextCursor: null,
  })
  const rows = await rowsOf<{ at: Date; clock_offset_ms: number }>(org.orgId, "heartbeat")
  expect(rows.map(({ at }) => at.getTime())).toEqual(
    records.map(({ at }) => Date.parse(at)).toSorted((a, b) => a - b),
  )
  for (const { clock_offset_ms } of rows) expect(Math.abs(clock_offset_ms + 2 * hour)).toBeLessThan(1_000)
  expect((await list(org)).counts).toEqual({ clock_wrong: 1 })
  expect(
    await send(
      org,
      records.map((record) => ({ ...record, sentAt: iso(begun + 2 * hour) })),
    ),
  ).toMatchObject({ accepted: 0, duplicates: 50 })
})

test("corrects a clock that is years off, also at the second attempt", async () => {
  const org = await givenOrganisation()
  const { serial } = await givenTerminal(org.orgId)
  const aheadMs = 3 * 365 * 24 * hour
  await send(org, ahead(serial, aheadMs, 10))
  expect(await clock(org, `terminal=${serial}`, aheadMs / 1000 - 86_400 * 10)).toMatchObject({
    resolved: 0,
    rejected: 10,
  })
  expect(await clock(org, `terminal=${serial}`, aheadMs / 1000)).toMatchObject({ resolved: 10, rejected: 0 })
  const rows = await rowsOf<{ at: Date }>(org.orgId, "heartbeat")
  expect(rows.at(-1)?.at).toEqual(new Date(begun))
})

test("corrects a clock that is decades slow, also for records that were too old", async () => {
  const org = await givenOrganisation()
  const aheadMs = -1024 * 7 * 86_400 * 1000
  const atOf = (minutes: number) => begun - minutes * 60_000
  const { errors } = await send(org, [
    { terminal: "H15A", at: iso(atOf(10) + aheadMs), sentAt: iso(begun + aheadMs), batteryPct: 20 },
    { terminal: "H15A", at: iso(atOf(5) + aheadMs), batteryPct: 19 },
  ])
  expect(errors).toMatchObject([{ code: "clock_wrong" }, { code: "too_old" }])
  for (const { message } of errors) expect(message).toMatch(/clock/)
  expect(await clock(org, "terminal=H15A", aheadMs / 1000)).toMatchObject({
    resolved: 2,
    rejected: 0,
    left: 0,
  })
  const rows = await rowsOf<{ at: Date }>(org.orgId, "heartbeat")
  expect(rows.map(({ at }) => at.getTime())).toEqual([atOf(10), atOf(5)])
})

test("removes discarded records from the list, also when sent again, and restores them", async () => {
  const org = await givenOrganisation()
  const records = [...ahead("A", 2 * hour, 3), ...ahead("B", 2 * hour, 2)]
  await send(org, records)
  const [first] = (await list(org, "?terminal=B")).data
  expect(await discard(org, `?ids=${first?.id}`)).toEqual({ moved: 1, left: 0 })
  expect(await discard(org, `?terminal=A&receivedBefore=${iso(Date.now() - hour)}`)).toEqual({
    moved: 0,
    left: 0,
  })
  expect(await discard(org, "?code=clock_wrong&terminal=A")).toEqual({ moved: 3, left: 0 })
  await send(org, records)
  expect((await list(org)).counts).toEqual({ clock_wrong: 1 })
  expect((await list(org, "?state=resolved")).counts).toEqual({})
  const { data, counts } = await list(org, "?state=discarded")
  expect(counts).toEqual({ clock_wrong: 4 })
  expect(data[0]).toMatchObject({ seenCount: 2, discardedAt: expect.any(String) as string })
  expect(await restore(org, "?terminal=A")).toEqual({ moved: 3, left: 0 })
  expect((await list(org)).counts).toEqual({ clock_wrong: 4 })
  expect(await deleteOldQuarantine({ now: new Date(Date.now() + 91 * 24 * hour) })).toBeGreaterThanOrEqual(5)
})

test("replays, discards and restores only the records that are named", async () => {
  const org = await givenOrganisation({ enrolUnknown: false })
  const at = iso(begun - 60_000)
  await send(
    org,
    ["N1", "N2", "N3", "N4"].map((terminal) => ({ terminal, at })),
  )
  const [n1, n2, n3, n4] = (await list(org, "?order=asc")).data
  expect([n1, n2, n3, n4].map((row) => row?.terminal)).toEqual(["N1", "N2", "N3", "N4"])
  for (const serial of ["N1", "N2", "N3"]) await givenTerminal(org.orgId, { serial })
  expect(await replayAll(org, `?ids=${n1?.id},${n2?.id},${n4?.id}`)).toMatchObject({
    replayed: 3,
    resolved: 2,
    rejected: 1,
    left: 0,
    nextCursor: null,
  })
  expect(await discard(org, `?ids=${n2?.id},${n3?.id}`)).toEqual({ moved: 1, left: 0 })
  expect((await list(org)).data).toMatchObject([{ terminal: "N4" }])
  expect(await restore(org, `?ids=${n1?.id},${n3?.id}`)).toEqual({ moved: 1, left: 0 })
  expect((await list(org)).data).toMatchObject([{ terminal: "N4" }, { terminal: "N3" }])
  const other = await givenOrganisation()
  expect(await replayAll(other, `?ids=${n3?.id}`)).toMatchObject({ replayed: 0 })
  expect(await discard(other, `?ids=${n3?.id}`)).toEqual({ moved: 0, left: 0 })
})

test("takes at most a hundred ids, and nothing else in their place", async () => {
  const { ingestKey } = await givenOrganisation()
  const statusOf = async (ids: string) =>
    (await call(postReplay, `${path}/replay?ids=${ids}`, { method: "POST", key: ingestKey })).status
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1).join(",")
  expect(await statusOf(numbers(100))).toBe(200)
  for (const wrong of [numbers(101), "", "1,", "1;2", "-1", "1e3", "x"])
    expect([wrong, await statusOf(wrong)]).toEqual([wrong, 422])
})

test("requires the scope ingest to correct, discard or restore, and only for own records", async () => {
  const [org, other] = [await givenOrganisation(), await givenOrganisation()]
  await send(org, ahead("A", 2 * hour, 2))
  expect(await discard(other)).toEqual({ moved: 0, left: 0 })
  expect((await groups(other)).data).toEqual([])
  expect(await clock(other, "terminal=A", 7_200)).toMatchObject({ replayed: 0 })
  for (const [route, verb] of [
    [postDiscard, "discard"],
    [postRestore, "restore"],
    [postClock, "clock?terminal=A"],
  ] as const) {
    expect(
      (await call(route, `${path}/${verb}`, { method: "POST", key: org.readKey, body: '{"aheadSeconds":1}' }))
        .status,
    ).toBe(403)
  }
  expect((await list(org)).counts).toEqual({ clock_wrong: 2 })
})
