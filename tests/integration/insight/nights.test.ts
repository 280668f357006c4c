import sql from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { GET as getIncident } from "@/app/api/v1/incidents/[id]/route"
import { GET as getIncidents } from "@/app/api/v1/incidents/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, dayStart, localDay } from "@/lib/base/time/zone"
import { stepOf } from "@/lib/insight/engine/terms/settings"
import { handleFlags } from "@/lib/insight/handling/handle-flags"
import type { IncidentDetail, IncidentPage } from "@/lib/insight/incidents/schemas"
import { claimNight, releaseNight } from "@/lib/insight/nights/engine-store"
import { closeIncidents } from "@/lib/insight/nights/incidents-sql"
import { settleAll } from "@/lib/insight/nights/settle-all"
import { settleHour } from "@/lib/insight/nights/settle-hours"
import { rehearse } from "@/lib/insight/sensitivity/rehearse"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { upload } from "@/tests/support/code-packs"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal, type Organisation } from "@/tests/support/factories"
import { flagsOf } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { lines, transactionsOnce } from "@/tests/support/ingest"
import { settleNight } from "@/tests/support/settle-night"

useDatabase()

const zone = "Asia/Shanghai"
const days = 17
const first = addDays(localDay(new Date(), zone), -days)
const dayAt = (index: number) => addDays(first, index)
/** When the night of a day is due. */
const dueAt = (index: number) => new Date(dayStart(dayAt(index + 1), zone).getTime() + 2 * 3_600_000)

const faultyDays = [3, 4, 5]
const outageDay = 8
const salesADay = 60
const issuers = ["622202", "622848", "621700", "436742"]

let organisation: Organisation
let terminals: { terminalId: number; serial: string; storeId: number }[]

/** A sale of a terminal: a chip reader that is broken on some days, and one issuer with an outage. */
function sale(terminal: number, day: number, n: number) {
  const isChip = n % 2 === 0
  const issuer = n % issuers.length
  const isBroken = terminal === 0 && faultyDays.includes(day) && isChip && n % 8 === 0
  const isOut = day === outageDay && issuer === 1 && n % 12 !== 1
  const code = isBroken ? "CR" : isOut ? "91" : (n + terminal + day) % 27 === 5 ? "51" : null
  return {
    terminal: terminals[terminal]?.serial,
    id: `${terminal}-${day}-${n}`,
    at: new Date(dayStart(dayAt(day), zone).getTime() + (9 * 60 + 10 * n + terminal) * 60_000).toISOString(),
    outcome: code === null ? "approved" : code === "CR" ? "failed" : "declined",
    ...(code === null ? {} : { code, codeSystem: "own" }),
    entryMode: isChip ? "chip" : "contactless",
    issuerBin: issuers[issuer],
    cardRef: `card ${terminal} ${day} ${n}`,
    operator: (n + day) % 3 === 0 ? "anna" : "ben",
    amountMinor: 1000 + n,
    currency: "CNY",
  }
}

beforeAll(async () => {
  organisation = await givenOrganisation()
  await upload(organisation.actor, "own", [
    { code: "CR", cause: "device", subcause: "chip_read_error" },
    { code: "91", cause: "system", subcause: "issuer_or_switch_inoperative" },
    { code: "51", cause: "card", subcause: "insufficient_funds" },
  ])
  terminals = []
  for (let i = 0; i < 5; i += 1) {
    const { storeId } = await givenStore(organisation.orgId)
    for (let k = 0; k < 2; k += 1) terminals.push(await givenTerminal(organisation.orgId, { storeId }))
  }
  for (let day = 0; day < days; day += 1) {
    const sales = terminals.flatMap((_, terminal) =>
      Array.from({ length: salesADay }, (_sale, n) => sale(terminal, day, n)),
    )
    await transactionsOnce({ key: organisation.ingestKey, body: lines(sales) })
  }
  await foldAll()
})

const incidentsOf = async (state: string): Promise<IncidentPage> =>
  (
    await call(getIncidents, `/api/v1/incidents?state=${state}`, { key: organisation.readKey })
  ).json() as Promise<IncidentPage>

test("a broken chip reader is flagged within days, with what was ruled out, and nothing else", async () => {
  const { orgId, readKey } = organisation
  await settleNight({ orgId, at: dueAt(2) })
  expect((await flagsOf(readKey)).data).toEqual([])
  await settleNight({ orgId, at: dueAt(5) })
  const { data } = await flagsOf(readKey)
  expect(data).toMatchObject([
    {
      rule: "chip_reader",
      kind: "maintenance",
      terminal: { id: terminals[0]?.terminalId },
      reasons: [
        { code: "fails_often", ruledOut: [{ what: "store" }, { what: "release" }, { what: "operator" }] },
      ],
    },
  ])
  const [reason] = data[0]?.reasons ?? []
  if (reason?.code !== "fails_often") throw new Error("another reason")
  expect(reason.observed).toBeGreaterThan(4 * reason.expected)
  expect(Date.parse(data[0]?.openedAt ?? "")).toBeLessThanOrEqual(dueAt(5).getTime())
  expect((await incidentsOf("open")).data).toEqual([])
  const rehearsals = await rehearse({ actor: organisation.actor })
  expect(rehearsals).toMatchObject({ since: dayAt(0), sensitivity: "normal" })
  expect(rehearsals.data[stepOf.normal]).toMatchObject({ opened: 1, confirmed: 0, missing: 0 })
})

test("an outage of an issuer is one incident with its plan, and no terminal is flagged for it", async () => {
  const { orgId, readKey } = organisation
  // The hours see it before the night does.
  const afternoon = new Date(dayStart(dayAt(outageDay), zone).getTime() + 17 * 3_600_000)
  expect(await settleHour({ orgId, zone, now: afternoon })).toMatchObject({ incidentsOpened: 1 })
  const [early] = (await incidentsOf("open")).data
  expect(early).toMatchObject({ class: "issuer", openedAt: afternoon.toISOString() })
  const detailOf = async (id: number | undefined) =>
    (await (
      await call(getIncident, `/api/v1/incidents/${id}`, { key: readKey, params: { id: String(id) } })
    ).json()) as IncidentDetail
  const soFar = (await detailOf(early?.id)).members
  expect(soFar.length).toBeGreaterThan(0)
  await settleNight({ orgId, at: dueAt(outageDay) })
  const { data, counts } = await incidentsOf("open")
  expect(counts).toEqual({ issuer: 1 })
  expect(data).toMatchObject([{ id: early?.id, value: "622848", firstOn: dayAt(outageDay) }])
  expect((await flagsOf(readKey)).data.map(({ rule }) => rule)).toEqual(["chip_reader"])
  const detail = await detailOf(data[0]?.id)
  // The night counts the whole day, and not what the hours have counted once more.
  for (const { observed } of detail.members) expect(observed).toBeLessThanOrEqual(salesADay / issuers.length)
  expect(detail).toMatchObject({
    timeline: [{ what: "opened" }, { what: "extended" }],
    plan: { class: "issuer", version: 0 },
  })
  expect(detail.plan.texts.zh.steps.length).toBeGreaterThan(0)
})

test("a flag closes once the reader works, an incident when it is over; a night counts once", async () => {
  const { orgId, readKey } = organisation
  const settle = () => settleNight({ orgId, at: dueAt(days - 1) })
  await Promise.all([settle(), settle()])
  await settle()
  expect((await flagsOf(readKey)).data).toEqual([])
  expect((await flagsOf(readKey, "?status=closed")).data).toHaveLength(1)
  expect((await incidentsOf("open")).data).toEqual([])
  expect((await incidentsOf("closed")).data).toMatchObject([{ class: "issuer", lastOn: dayAt(outageDay) }])
  const [kept] = await asWorker((db) =>
    db.query<{ settled_on: string; tables: number }>(sql`
    select e.settled_on,
           (select count(distinct r.day) from reference_rate r where r.org_id = e.org_id) as tables
      from engine_state e where e.org_id = ${orgId}::uuid`),
  )
  expect(kept).toEqual({ settled_on: dayAt(days - 1), tables: days })
  expect(await settle()).toMatchObject({ nights: 0 })
})

test("the hours find an outage of an acquirer that only TIDs name, and blame no store for it", async () => {
  const { orgId, actor, ingestKey, readKey } = await givenOrganisation()
  await upload(actor, "own", [{ code: "91", cause: "system", subcause: "issuer_or_switch_inoperative" }])
  const day = dayAt(days - 1)
  const minute = (n: number) => new Date(dayStart(day, zone).getTime() + n * 60_000)
  const sales: object[] = []
  for (let store = 0; store < 4; store += 1) {
    const { storeId } = await givenStore(orgId)
    for (let place = 0; place < 2; place += 1) {
      const { serial } = await givenTerminal(orgId, { storeId })
      for (let n = 0; n < 40; n += 1) {
        const isDown = n >= 20
        sales.push({
          terminal: serial,
          id: `${n}`,
          at: minute(13 * 60 + 6 * n + place).toISOString(),
          outcome: isDown ? "declined" : "approved",
          ...(isDown ? { code: "91", codeSystem: "own" } : {}),
          entryMode: "chip",
          issuerBin: issuers[n % issuers.length],
          amountMinor: 1000 + n,
          currency: "CNY",
        })
      }
    }
  }
  const acquirers = await asWorker((db) =>
    db.query<{ id: number }>(sql`
    with a as (insert into acquirer (org_id, code, name) values (${orgId}::uuid, 'bank', 'Bank') returning id)
    update terminal_tid d set acquirer_id = a.id from a where d.org_id = ${orgId}::uuid returning a.id`),
  )
  await transactionsOnce({ key: ingestKey, body: lines(sales) })
  await foldAll()
  await settleHour({ orgId, zone, now: minute(17 * 60) })
  const found = await call(getIncidents, "/api/v1/incidents", { key: readKey })
  expect(((await found.json()) as IncidentPage).data).toMatchObject([
    { class: "acquirer", acquirer: { id: acquirers[0]?.id } },
  ])
})

test("a reader that fails with nearly all cards is flagged within the hour, one card is not", async () => {
  const { orgId, actor, ingestKey, readKey } = await givenOrganisation()
  await upload(actor, "own", [
    { code: "CR", cause: "device", subcause: "chip_read_error" },
    { code: "NR", cause: "device", subcause: "contactless_read_error" },
  ])
  const inStore = async () => givenTerminal(orgId, { storeId: (await givenStore(orgId)).storeId })
  const [dead, worn] = [await inStore(), await inStore()]
  const day = dayAt(days - 1)
  const minute = (n: number) => new Date(dayStart(day, zone).getTime() + n * 60_000)
  const failed = (serial: string, n: number, how: object) => ({
    terminal: serial,
    id: `${n}`,
    at: minute(13 * 60 + 5 * n).toISOString(),
    outcome: "failed",
    codeSystem: "own",
    amountMinor: 1000 + n,
    currency: "CNY",
    ...how,
  })
  const sales = Array.from({ length: 20 }, (_, n) => [
    failed(dead.serial, n, { code: "CR", entryMode: "chip", cardRef: `card ${n}` }),
    failed(worn.serial, n, { code: "NR", entryMode: "contactless", cardRef: "worn" }),
  ])
  await transactionsOnce({ key: ingestKey, body: lines(sales.flat()) })
  await foldAll()
  await judgeFailedSales({ orgId, now: new Date() })
  const settle = () => settleHour({ orgId, zone, now: minute(17 * 60) })
  expect(await settle()).toMatchObject({ flagsOpened: 1 })
  expect(await settle()).toMatchObject({ flagsOpened: 0 })
  const found = {
    rule: "chip_reader",
    terminal: { id: dead.terminalId },
    reasons: [{ code: "fails_often", observed: 20 }],
  }
  expect((await flagsOf(readKey)).data).toMatchObject([found])
  await settleNight({ orgId, at: dueAt(days - 1) })
  const flags = (await flagsOf(readKey)).data
  expect(flags).toContainEqual(expect.objectContaining({ rule: "chip_reader" }))
  // What a finding has closed stays closed.
  const change = { what: "find", outcome: "no_fault_found" } as const
  await handleFlags({ actor, body: { ids: flags.map(({ id }) => id), change } })
  expect(await settle()).toMatchObject({ flagsOpened: 0 })
  expect((await flagsOf(readKey)).data).toEqual([])
})

test("a claim of a night is given back by the worker that has it, and by none that is late", async () => {
  const { orgId } = organisation
  const claim = () => asWorker((db) => claimNight(db, { orgId, day: dayAt(days) }))
  const release = (day: number) => asWorker((db) => releaseNight(db, { orgId, day: dayAt(day) }))
  expect(await claim()).toBe(true)
  await release(days - 1)
  expect(await claim()).toBe(false)
  await release(days)
  expect(await claim()).toBe(true)
  await release(days)
})

test("an incident that another worker has closed is not closed again", async () => {
  const before = (await incidentsOf("closed")).data
  const closed = before.map(({ id }) => ({ id, wider: null }))
  await asWorker((db) => closeIncidents(db, { at: new Date(), closed }))
  expect((await incidentsOf("closed")).data).toEqual(before)
})

test("a flag closes when its terminal goes out of service", async () => {
  const { orgId, readKey } = organisation
  const { terminalId, storeId } = terminals[4] ?? { terminalId: 0, storeId: 0 }
  await asWorker((db) =>
    db.query(sql`
    insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
      evaluated_at, reasons)
    values (${orgId}::uuid, 'maintenance', 'pin_pad', ${`terminal:${terminalId}`}, ${terminalId}::bigint,
      ${storeId}::bigint, 'open', now(), now(), now(), '[]')`),
  )
  await settleAll({ now: dueAt(days - 1) })
  expect((await flagsOf(readKey)).data).toHaveLength(1)
  await asWorker((db) =>
    db.query(sql`
    update terminal_status set status = 'spare' where terminal_id = ${terminalId}::bigint`),
  )
  await settleAll({ now: dueAt(days - 1) })
  expect((await flagsOf(readKey)).data).toEqual([])
})
