import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getFlags } from "@/app/api/v1/flags/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, dayStart, localDay } from "@/lib/base/time/zone"
import { detectAll, detectOnce } from "@/lib/insight/flags/detect"
import type { FlagPage } from "@/lib/insight/flags/schemas"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const minute = 60_000
const alwaysOpen = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]),
)

type Fields = Record<string, unknown>

/** Beats every `every` minutes until `until` minutes ago, ten of them. */
async function givenBeats(
  orgId: string,
  terminalId: number,
  {
    every = 15,
    until = 1,
    count = 10,
    fields = {},
  }: { every?: number; until?: number; count?: number; fields?: Fields } = {},
) {
  const rows = Array.from({ length: count }, (_, i) => ({
    terminal_id: terminalId,
    at: new Date(Date.now() - (until + i * every) * minute).toISOString(),
    ...fields,
  }))
  await givenBatch(orgId, "heartbeat", rows)
  await foldAll()
}

/** Detects `runs` times, half a minute apart, the last time in `endingIn` minutes. */
async function detect(orgId: string, runs: number, endingIn = 0) {
  const last = Date.now() + endingIn * minute
  for (let run = runs - 1; run >= 0; run -= 1)
    await detectOnce({ orgId, now: new Date(last - (run * minute) / 2) })
}

const flags = async (key: string, search = ""): Promise<FlagPage> =>
  (await call(getFlags, `/api/v1/flags${search}`, { key })).json() as Promise<FlagPage>
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
    ["within its rhythm", 15, 10, alwaysOpen, "online"],
    ["two beats missed", 15, 35, alwaysOpen, "late"],
    ["four beats missed", 15, 65, alwaysOpen, "suspect"],
    ["two open hours silent", 15, 125, alwaysOpen, "offline"],
    ["a beat a minute, five minutes silent", 1, 5, alwaysOpen, "late"],
    ["a beat a minute, eleven minutes silent", 1, 11, alwaysOpen, "suspect"],
    ["the store is closed", 15, 300, {}, "online"],
    ["hours not known, a night", 15, 14 * 60, null, "late"],
    ["hours not known, more than a day", 15, 25 * 60, null, "offline"],
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
  ])("%s silence is no fault", async (_name, out, expected) => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen, ...out })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, terminalId, { until: 300 })
    await detect(orgId, 3)
    expect(await stateOf(terminalId)).toBe(expected)
    expect((await flags(readKey)).data).toEqual([])
  })

  test.each([
    ["five silent at once are our outage: unknown, and no flag", 5, "unknown", 0],
    ["four may all have failed: offline, and flagged", 4, "offline", 4],
  ])("of a whole fleet, %s", async (_name, count, expected, flagged) => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
    const ids: number[] = []
    for (let i = 0; i < count; i += 1) {
      const { terminalId } = await givenTerminal(orgId, { storeId })
      await givenBeats(orgId, terminalId, { until: 200 })
      ids.push(terminalId)
    }
    await detect(orgId, 3)
    expect(await Promise.all(ids.map(stateOf))).toEqual(ids.map(() => expected))
    expect((await flags(readKey)).data).toHaveLength(flagged)
  })
})

describe("flags", () => {
  test("a silent terminal opens one flag, once, with numbers; it closes by itself after three steady beats", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
    const { terminalId, serial } = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, terminalId, { until: 180 })
    await detect(orgId, 1)
    expect((await flags(readKey)).data).toEqual([])
    await detect(orgId, 1)
    const { data, counts } = await flags(readKey)
    expect(data).toMatchObject([
      {
        kind: "maintenance",
        rule: "silent",
        status: "open",
        terminal: { id: terminalId, serial },
        reasons: [{ code: "silent", openMinutes: 180, intervalMinutes: 15 }],
      },
    ])
    expect(counts).toEqual({ maintenance: 1 })

    // One beat is no recovery, however often it is looked at.
    await givenBeats(orgId, terminalId, { until: 1, count: 1 })
    await detect(orgId, 5, 2)
    expect((await flags(readKey)).data).toHaveLength(1)

    await givenBatch(
      orgId,
      "heartbeat",
      [16, 31, 46, 61].map((ago) => ({
        terminal_id: terminalId,
        at: new Date(Date.now() - ago * minute).toISOString(),
      })),
    )
    await foldAll()
    await detect(orgId, 3, 4)
    expect((await flags(readKey)).data).toEqual([])
    expect((await flags(readKey, "?status=closed")).data).toMatchObject([
      { rule: "silent", status: "closed" },
    ])
  })

  test.each([
    ["a PIN pad", { pinpad_ok: false }, "maintenance", [{ code: "check_failed", check: "pinpad" }]],
    ["a reader", { reader_ok: false }, "maintenance", [{ code: "check_failed", check: "reader" }]],
    [
      "tampering",
      { tamper: true, security_ok: false },
      "replacement",
      [{ code: "tamper" }, { code: "check_failed", check: "security" }],
    ],
  ])("a self-check that reports %s", async (_name, fields, kind, reasons) => {
    const { orgId, readKey } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId)
    await givenBeats(orgId, terminalId, { fields })
    await detect(orgId, 2)
    expect((await flags(readKey)).data).toMatchObject([{ kind, rule: "self_check", reasons }])
    await givenBatch(orgId, "heartbeat", [
      {
        terminal_id: terminalId,
        at: new Date().toISOString(),
        pinpad_ok: true,
        reader_ok: true,
        security_ok: true,
        tamper: false,
      },
    ])
    await foldAll()
    await detect(orgId, 3, 2)
    expect((await flags(readKey)).data).toEqual([])
    expect((await flags(readKey, "?status=closed")).data).toMatchObject([{ rule: "self_check" }])
  })

  test("a release behind policy is due since its day; the newest release clears it", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { timeZone: "America/New_York" })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, terminalId, { fields: { app: "5.9.0", firmware: "2.0" } })
    const today = localDay(new Date(), "America/New_York")
    await asWorker((db) =>
      db.query(sql`
      with other as (insert into terminal_model (org_id, name) values (${orgId}::uuid, 'Other') returning id)
      insert into release_policy (org_id, component, minimum_version, due_on, model_id)
      select ${orgId}::uuid, component, minimum_version, due_on, case when is_others then other.id end
        from other, (values ('app', '5.10.0', ${addDays(today, -2)}::date, false),
                            ('app', '6.0', ${addDays(today, -60)}::date, true),
                            ('os', '1.0', ${addDays(today, -50)}::date, false),
                            ('firmware', '3.0', ${addDays(today, 9)}::date, false))
               as p (component, minimum_version, due_on, is_others)`),
    )
    const dueSince = (days: number) => [
      {
        kind: "update",
        sinceAt: dayStart(addDays(today, -days), "America/New_York").toISOString(),
        reasons: [{ code: "release_behind", component: "app", current: "5.9.0", minimum: "5.10.0" }],
      },
    ]
    await detect(orgId, 2)
    expect((await flags(readKey)).data).toMatchObject(dueSince(2))
    await asWorker((db) =>
      db.query(sql`
      update release_policy set due_on = ${addDays(today, -5)}::date
       where org_id = ${orgId}::uuid and component = 'app' and model_id is null`),
    )
    await detect(orgId, 1, 1)
    expect((await flags(readKey)).data).toMatchObject(dueSince(5))

    await givenBatch(orgId, "heartbeat", [
      { terminal_id: terminalId, at: new Date().toISOString(), app: "5.10.0" },
    ])
    await foldAll()
    await detect(orgId, 3, 3)
    expect((await flags(readKey)).data).toEqual([])
    expect((await flags(readKey, "?status=closed")).data).toMatchObject([{ rule: "release_behind" }])
  })

  test("a model past its end of use, or near it, asks for replacement", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const [model] = await asWorker((db) =>
      db.query<{ id: number }>(sql`
      with m as (insert into terminal_model (org_id, name) values (${orgId}::uuid, 'Old') returning id)
      insert into approval (org_id, model_id, kind, reference, use_end_on, source, checked_on)
      select ${orgId}::uuid, m.id, 'pci_pts', given.reference, given.day, 'test', current_date
        from m, (values ('5.1', current_date - 10), ('6.0', current_date + 900)) as given (reference, day)
      returning model_id as id`),
    )
    await givenTerminal(orgId, model ? { modelId: model.id } : {})
    await detect(orgId, 2)
    expect((await flags(readKey)).data).toMatchObject([
      {
        kind: "replacement",
        rule: "model_past_use_end",
        reasons: [{ code: "use_end_passed", model: "Old" }],
      },
    ])
  })

  test.each(["pending", "spare", "in_repair", "retired"])("a %s terminal raises none", async (status) => {
    const { orgId, readKey } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId, { status })
    await givenBeats(orgId, terminalId, { until: 3000, fields: { pinpad_ok: false } })
    await detect(orgId, 3)
    expect((await flags(readKey)).data).toEqual([])
  })

  test("two workers at once open it once; another organisation sees nothing of it", async () => {
    const [own, other] = [await givenOrganisation(), await givenOrganisation()]
    const { terminalId } = await givenTerminal(own.orgId)
    await givenBeats(own.orgId, terminalId, { fields: { pinpad_ok: false } })
    for (let run = 0; run < 3; run += 1) {
      const now = new Date(Date.now() + run * 1000)
      await Promise.all([detectAll({ now }), detectAll({ now }), detectAll({ now })])
    }
    expect((await flags(own.readKey)).data).toHaveLength(1)
    expect(await flags(other.readKey)).toMatchObject({
      data: [],
      nextCursor: null,
      previousCursor: null,
      counts: {},
    })
  })

  test("pages by cursor, the most urgent first, then the newest, without a repeat", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const serials: string[] = []
    for (const [minutes, fields] of [
      { tamper: true },
      { reader_ok: false },
      { pinpad_ok: false },
      { tamper: true },
      { reader_ok: false },
    ].entries()) {
      const { terminalId, serial } = await givenTerminal(orgId)
      serials.push(serial)
      await givenBeats(orgId, terminalId, { fields })
      await detect(orgId, 2, minutes)
    }
    const first = await flags(readKey, "?limit=3")
    const second = await flags(readKey, `?limit=3&cursor=${first.nextCursor ?? ""}`)
    expect(first.data).toHaveLength(3)
    expect([...first.data, ...second.data].map(({ terminal }) => terminal?.serial)).toEqual(
      [3, 0, 4, 2, 1].map((made) => serials[made]),
    )
    expect(second.nextCursor).toBeNull()
    expect((await call(getFlags, "/api/v1/flags?cursor=nonsense", { key: readKey })).status).toBe(422)
  })
})
