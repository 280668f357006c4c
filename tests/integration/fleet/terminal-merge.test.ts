import fc from "fast-check"
import { runOnce } from "graphile-worker"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postMerge } from "@/app/api/v1/terminals/[id]/merge/route"
import { GET as listTerminals } from "@/app/api/v1/terminals/route"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { getTerminal } from "@/lib/fleet/terminals/read/get-terminal"
import type { TerminalPage } from "@/lib/fleet/terminals/schemas"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { queueOptions } from "@/lib/run/jobs/queue-options"
import { tasks } from "@/lib/run/jobs/tasks"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, heartbeats, lines, minutesAgo, rowsOf, transactions } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"
import { rollupsOf } from "@/tests/support/rollups"
import { auditEntries, done, send } from "@/tests/support/terminal-life"

useDatabase()

const [keptSerial, otherSerial] = ["AB-22-77", "AB2277"]
const work = () => runOnce({ ...queueOptions(), taskList: tasks })

async function givenFleet() {
  const organisation = await givenOrganisation()
  const { orgId } = organisation
  const { storeId } = await givenStore(orgId, { timeZone: "Asia/Shanghai" })
  const { terminalId } = await givenTerminal(orgId, { serial: keptSerial, storeId })
  return { ...organisation, storeId, terminalId, manager: await givenPerson(orgId, "manager") }
}
type Fleet = Awaited<ReturnType<typeof givenFleet>>

const idOf = async ({ orgId }: Fleet, serial: string) => {
  const [row] = await asWorker((db) =>
    db.query<{ id: number }>(
      sql`select id from terminal where org_id = ${orgId}::uuid and serial = ${serial}`,
    ),
  )
  return row?.id ?? 0
}

const asked = async (fleet: Fleet, serial = otherSerial) =>
  send(postMerge, fleet.manager, fleet.terminalId, { merged: await idOf(fleet, serial) })
const merge = (fleet: Fleet, serial?: string) => done(asked(fleet, serial))

const begin = Date.now() - 3 * 24 * 3_600_000
const at = (minute: number) => new Date(begin + minute * 60_000).toISOString()

type Sent = {
  minute: number
  isSale: boolean
  isFailed: boolean
  card: number
  name: "kept" | "other" | "both"
}

const recordOf = ({ minute, isSale, isFailed, card }: Sent, terminal: string) => {
  const common = { terminal, at: at(minute) }
  return isSale
    ? {
        ...common,
        id: `sale ${minute}`,
        outcome: isFailed ? "failed" : "approved",
        cardRef: `card ${card}`,
        entryMode: "chip",
      }
    : { ...common, batteryPct: minute % 100, reboots: Math.floor(minute / 500), chipReads: minute }
}

/** Sends records in two parts, and folds after each. Without `isSplit` all have one name. */
async function sendAll({ ingestKey: key }: Fleet, sent: readonly Sent[], isSplit: boolean) {
  const names = ({ name }: Sent) =>
    !isSplit || name === "kept" ? [keptSerial] : name === "other" ? [otherSerial] : [otherSerial, keptSerial]
  const isFirst = ({ minute }: Sent) => minute % 3 > 0
  for (const part of [sent.filter(isFirst), sent.filter((one) => !isFirst(one))]) {
    const bodyOf = (some: readonly Sent[]) =>
      lines(some.flatMap((one) => names(one).map((name) => recordOf(one, name))))
    const [sales, beats] = [part.filter(({ isSale }) => isSale), part.filter(({ isSale }) => !isSale)]
    if (beats.length > 0) await heartbeats({ key, body: bodyOf(beats) })
    if (sales.length > 0) await transactions({ key, body: bodyOf(sales) })
    await foldAll()
  }
}

/** The rollups without the ids of the organisation, and without states of other terminals. */
async function plainRollups({ orgId, storeId, terminalId }: Fleet) {
  const { states, ...sums } = await rollupsOf(orgId)
  const named: Record<string, string> = { [orgId]: "organisation", [terminalId]: "kept", [storeId]: "store" }
  const plain = (row: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        /^(?:org|store|terminal)_id$/.test(column) ? (named[String(value)] ?? value) : value,
      ]),
    )
  return {
    ...Object.fromEntries(Object.entries(sums).map(([name, rows]) => [name, rows.map(plain)])),
    states: states.filter((state) => state["terminal_id"] === terminalId).map(plain),
  }
}

const differences = ({ orgId }: Fleet) => {
  const today = localDay(new Date(), "UTC")
  return checkRollups({ orgId, from: addDays(today, -6), to: addDays(today, 2), isRepair: false })
}

const record = fc.record({
  minute: fc.integer({ min: 1, max: 3 * 24 * 60 - 10 }),
  isSale: fc.boolean(),
  isFailed: fc.boolean(),
  card: fc.integer({ min: 1, max: 3 }),
  name: fc.constantFrom("kept" as const, "other" as const, "both" as const),
})

/** As an upload stores a heartbeat that looked up the terminal before a merge. */
const putAt = (to: number, from: number, time: string) =>
  asWorker(async (db) => {
    const of = sql`h.terminal_id = ${from}::bigint and h.at = ${time}::timestamptz`
    await db.query(sql`
      insert into heartbeat
      select r.*
        from heartbeat h
       cross join lateral jsonb_populate_record(h, jsonb_build_object('terminal_id', ${to}::bigint)) r
       where ${of}`)
    await db.query(sql`delete from heartbeat h where ${of}`)
  })

/** Lets the second move of a merged terminal's records run now. Returns how many wait. */
const bringForward = async (from: number) =>
  asOwner(async (client) => {
    const jobs = "update graphile_worker._private_jobs set run_at = now() where key = $1 and run_at > now()"
    return (await client.query(jobs, [`moveRecords again ${from}`])).rowCount
  })

describe("a merge of two spellings of one terminal", () => {
  test("gives the rollups of all records under one name", { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(record, { selector: ({ minute }) => minute, minLength: 8, maxLength: 40 }),
        fc.array(fc.constantFrom("kept" as const, "other" as const), { minLength: 40, maxLength: 40 }),
        async (drawn, names) => {
          // A retry within three minutes may have another name than the first attempt.
          const retries = drawn
            .filter(({ isSale }) => isSale)
            .map((one, i) => ({ ...one, minute: one.minute + 2, name: names[i] ?? "kept" }))
            .filter(({ minute }) => !drawn.some((one) => one.minute === minute))
          const sent: Sent[] = [...drawn, ...retries, { ...drawn[0], minute: 0, name: "other" } as Sent]
          const [control, split] = [await givenFleet(), await givenFleet()]
          await sendAll(control, sent, false)
          await sendAll(split, sent, true)
          await merge(split)
          await work()
          await foldAll()
          expect(await plainRollups(split)).toEqual(await plainRollups(control))
          expect(await differences(split)).toEqual([])
        },
      ),
      { numRuns: 2 },
    ),
  )

  test("moves records that wait for the fold, and those that come in later under the old name", async () => {
    const fleet = await givenFleet()
    const { ingestKey: key, orgId, terminalId } = fleet
    const beat = (minute: number, terminal: string) => ({ terminal, at: at(minute), batteryPct: 50 })
    await heartbeats({ key, body: lines([beat(10, keptSerial), beat(20, otherSerial)]) })
    await foldAll()
    await heartbeats({ key, body: lines([beat(30, otherSerial)]) })
    await merge(fleet)
    await work()
    await foldAll()
    const again = lines([beat(20, otherSerial), beat(30, "ab2277"), beat(40, otherSerial)])
    const answer = await answerOf(await heartbeats({ key, body: again }))
    expect(answer).toMatchObject({ accepted: 1, duplicates: 2, rejected: 0 })
    await foldAll()
    const beats = await rowsOf<{ terminal_id: number }>(orgId, "heartbeat")
    expect(beats.map((row) => row.terminal_id)).toEqual(Array.from({ length: 4 }, () => terminalId))
    expect(await differences(fleet)).toEqual([])
  })

  test("moves a record whose upload began before the merge and ended after it", async () => {
    const fleet = await givenFleet()
    const { ingestKey: key, orgId, terminalId } = fleet
    const beat = (minute: number, terminal: string) => ({ terminal, at: at(minute), batteryPct: 50 })
    await heartbeats({ key, body: lines([beat(10, keptSerial), beat(20, otherSerial)]) })
    await foldAll()
    await merge(fleet)
    await work()
    await heartbeats({ key, body: lines([beat(4_300, keptSerial)]) })
    const other = await idOf(fleet, otherSerial)
    await putAt(other, terminalId, at(4_300))
    await foldAll()
    const terminals = async () =>
      (await rowsOf<{ terminal_id: number }>(orgId, "heartbeat")).map((row) => row.terminal_id)
    expect(await terminals()).toEqual([terminalId, terminalId, other])
    expect(await bringForward(other)).toBe(1)
    await work()
    await foldAll()
    expect(await terminals()).toEqual([terminalId, terminalId, terminalId])
    expect(await differences(fleet)).toEqual([])
    expect(await bringForward(other)).toBe(0)
  })

  test("brings TIDs and missing master data; files and searches find it by the old name", async () => {
    const fleet = await givenFleet()
    const { orgId, actor, ingestKey, readKey, terminalId } = fleet
    const other = await givenTerminal(orgId, { serial: otherSerial, tid: "TID-9" })
    await upsertTerminals({ actor, entries: [{ serial: otherSerial, model: "A920" }] })
    await merge(fleet)
    const body = lines([{ terminal: "TID-9", at: minutesAgo(1), id: "1", outcome: "approved" }])
    await transactions({ key: ingestKey, body })
    expect(await rowsOf<{ terminal_id: number }>(orgId, "transaction")).toMatchObject([
      { terminal_id: terminalId },
    ])
    expect(await getTerminal({ actor, terminalId })).toMatchObject({
      serial: keptSerial,
      model: "A920",
      alike: [],
      mergedInto: null,
      merged: [{ id: other.terminalId, serial: otherSerial }],
    })
    expect(await getTerminal({ actor, terminalId: other.terminalId })).toMatchObject({
      status: "retired",
      tids: [],
      mergedInto: { id: terminalId, serial: keptSerial },
    })
    await upsertTerminals({ actor, entries: [{ serial: "ab2277", model: "A930" }] })
    expect(await getTerminal({ actor, terminalId })).toMatchObject({ model: "A930" })
    const found = await call(listTerminals, `/api/v1/terminals?q=${otherSerial}`, { key: readKey })
    const { data, total } = (await found.json()) as TerminalPage
    expect([data.map(({ serial }) => serial), total]).toEqual([[keptSerial], 1])
  })

  test("follows a terminal that is merged further", async () => {
    const fleet = await givenFleet()
    const { orgId, ingestKey: key, manager, terminalId } = fleet
    const last = await givenTerminal(orgId, { serial: "AB-2277" })
    await heartbeats({ key, body: lines([{ terminal: otherSerial, at: at(10) }]) })
    await merge(fleet)
    await done(send(postMerge, manager, last.terminalId, { merged: terminalId }))
    await work()
    await heartbeats({ key, body: lines([{ terminal: otherSerial, at: at(11) }]) })
    const beats = await rowsOf<{ terminal_id: number }>(orgId, "heartbeat")
    expect(beats.map((row) => row.terminal_id)).toEqual([last.terminalId, last.terminalId])
  })

  test("leaves audit entries of both terminals", async () => {
    const fleet = await givenFleet()
    await givenTerminal(fleet.orgId, { serial: otherSerial, tid: "TID-9" })
    await merge(fleet)
    expect(await auditEntries(fleet.orgId)).toMatchObject([
      { action: "terminal.merged", subject_name: otherSerial, after: { mergedInto: keptSerial, tids: [] } },
      { action: "terminal.merged", subject_name: keptSerial, after: { merged: otherSerial } },
    ])
  })
})

describe("a merge is refused", () => {
  const refusal = async (answer: Promise<Response>) => {
    const { status } = await answer
    const { reason } = (await (await answer).json()) as { reason?: string }
    return [status, reason]
  }

  test("of terminals that differ by more, of one with itself, and into a retired one", async () => {
    const fleet = await givenFleet()
    const { orgId, manager, terminalId } = fleet
    await givenTerminal(orgId, { serial: "AB-22-78" })
    const retired = await givenTerminal(orgId, { serial: "AB 22 77", status: "retired" })
    expect(await refusal(asked(fleet, "AB-22-78"))).toEqual([409, "not_alike"])
    expect(await refusal(asked(fleet, keptSerial))).toEqual([409, "not_possible"])
    expect(await refusal(send(postMerge, manager, retired.terminalId, { merged: terminalId }))).toEqual([
      409,
      "not_possible",
    ])
    await merge(fleet, "AB 22 77")
    expect((await asked(fleet, "AB 22 77")).status).toBe(422)
    expect((await send(postMerge, manager, retired.terminalId, { merged: terminalId })).status).toBe(404)
  })

  test("to those who may not change both terminals", async () => {
    const fleet = await givenFleet()
    const { orgId, storeId, terminalId } = fleet
    const other = await givenTerminal(orgId, { serial: otherSerial })
    const limited = await givenPerson(orgId, "manager", { stores: [storeId] })
    const viewer = await givenPerson(orgId, "viewer")
    const body = { merged: other.terminalId }
    expect((await send(postMerge, limited, terminalId, body)).status).toBe(422)
    expect((await send(postMerge, viewer, terminalId, body)).status).toBe(403)
  })
})
