import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getFlags } from "@/app/api/v1/flags/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, dayStart, localDay } from "@/lib/base/time/zone"
import { changePolicy } from "@/lib/fleet/releases/change-releases"
import { detectAll } from "@/lib/insight/flags/detect"
import { keepUrgencies } from "@/lib/insight/flags/keep-urgencies"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen, detect, flagsOf, givenBeats, minute } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenBatch } from "@/tests/support/raw"
import { noPolicy } from "@/tests/support/terminal-facts"

useDatabase()

describe("flags", () => {
  test("a silent terminal gets one flag, which closes after three heartbeats at its interval", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
    const { terminalId, serial } = await givenTerminal(orgId, { storeId })
    await givenBeats(orgId, terminalId, { until: 180 })
    await detect(orgId, 1)
    expect((await flagsOf(readKey)).data).toEqual([])
    await detect(orgId, 1)
    const { data, counts } = await flagsOf(readKey)
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

    // One heartbeat is no recovery, even after many evaluations.
    await givenBeats(orgId, terminalId, { until: 1, count: 1 })
    await detect(orgId, 5, 2)
    expect((await flagsOf(readKey)).data).toHaveLength(1)

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
    expect((await flagsOf(readKey)).data).toEqual([])
    expect((await flagsOf(readKey, "?status=closed")).data).toMatchObject([
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
  ])(
    "a failed self-check of %s gets a flag that closes when the check passes",
    async (_name, fields, kind, reasons) => {
      const { orgId, readKey } = await givenOrganisation()
      const { terminalId } = await givenTerminal(orgId)
      await givenBeats(orgId, terminalId, { fields })
      await detect(orgId, 2)
      expect((await flagsOf(readKey)).data).toMatchObject([{ kind, rule: "self_check", reasons }])
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
      expect((await flagsOf(readKey)).data).toEqual([])
      expect((await flagsOf(readKey, "?status=closed")).data).toMatchObject([{ rule: "self_check" }])
    },
  )

  test("a release below its minimum is due from the due date, and an update closes the flag", async () => {
    const { orgId, actor, readKey } = await givenOrganisation()
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
    expect((await flagsOf(readKey)).data).toMatchObject(dueSince(2))
    const [policy] = await asWorker((db) =>
      db.query<{ id: number }>(sql`
      select id from release_policy
       where org_id = ${orgId}::uuid and component = 'app' and model_id is null`),
    )
    await changePolicy({
      actor,
      params: { id: policy?.id ?? 0 },
      body: { ...noPolicy, minimumVersion: "5.10.0", dueOn: addDays(today, -5) },
    })
    await detect(orgId, 1, 1)
    expect((await flagsOf(readKey)).data).toMatchObject(dueSince(5))

    await givenBatch(orgId, "heartbeat", [
      { terminal_id: terminalId, at: new Date().toISOString(), app: "5.10.0" },
    ])
    await foldAll()
    await detect(orgId, 3, 3)
    expect((await flagsOf(readKey)).data).toEqual([])
    expect((await flagsOf(readKey, "?status=closed")).data).toMatchObject([{ rule: "release_behind" }])
  })

  test("a model past its end of use is due for replacement", async () => {
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
    expect((await flagsOf(readKey)).data).toMatchObject([
      {
        kind: "replacement",
        rule: "model_past_use_end",
        reasons: [{ code: "use_end_passed", model: "Old" }],
      },
    ])
  })

  test.each(["pending", "spare", "in_repair", "retired"])("a %s terminal gets none", async (status) => {
    const { orgId, readKey } = await givenOrganisation()
    const { terminalId } = await givenTerminal(orgId, { status })
    await givenBeats(orgId, terminalId, { until: 3000, fields: { pinpad_ok: false } })
    await detect(orgId, 3)
    expect((await flagsOf(readKey)).data).toEqual([])
  })

  test("two workers open a flag once, and other organisations do not see it", async () => {
    const [own, other] = [await givenOrganisation(), await givenOrganisation()]
    const { terminalId } = await givenTerminal(own.orgId)
    await givenBeats(own.orgId, terminalId, { fields: { pinpad_ok: false } })
    for (let run = 0; run < 3; run += 1) {
      const now = new Date(Date.now() + run * 1000)
      await Promise.all([detectAll({ now }), detectAll({ now }), detectAll({ now })])
    }
    expect((await flagsOf(own.readKey)).data).toHaveLength(1)
    expect(await flagsOf(other.readKey)).toEqual({
      data: [],
      nextCursor: null,
      previousCursor: null,
      position: 1,
      counts: {},
    })
  })

  test("flags of an earlier version get the urgencies of this one", async () => {
    const { orgId, readKey } = await givenOrganisation()
    for (const fields of [{ storage_used_pct: 95 }, { tamper: true }]) {
      const { terminalId } = await givenTerminal(orgId)
      await givenBeats(orgId, terminalId, { fields })
    }
    await detect(orgId, 2)
    const rules = async () => (await flagsOf(readKey)).data.map(({ rule }) => rule)
    await asWorker((db) => db.query(sql`update flag set urgency = -1 where rule = 'storage_full'`))
    expect(await rules()).toEqual(["storage_full", "self_check"])
    await keepUrgencies()
    expect(await rules()).toEqual(["self_check", "storage_full"])
  })

  test("the list pages by cursor without repeats, most urgent first, then newest", async () => {
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
    const first = await flagsOf(readKey, "?limit=3")
    const second = await flagsOf(readKey, `?limit=3&cursor=${first.nextCursor ?? ""}`)
    expect(first.data).toHaveLength(3)
    expect([...first.data, ...second.data].map(({ terminal }) => terminal?.serial)).toEqual(
      [3, 0, 4, 2, 1].map((made) => serials[made]),
    )
    expect(second.nextCursor).toBeNull()
    expect((await call(getFlags, "/api/v1/flags?cursor=nonsense", { key: readKey })).status).toBe(422)
  })
})
