import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { GET as compliance } from "@/app/api/v1/compliance/route"
import { POST as postHandling } from "@/app/api/v1/flags/handling/route"
import * as modelsRoute from "@/app/api/v1/models/route"
import { GET as preview } from "@/app/api/v1/release-policies/preview/route"
import * as policies from "@/app/api/v1/release-policies/route"
import * as releasesRoute from "@/app/api/v1/releases/route"
import { GET as listTerminals } from "@/app/api/v1/terminals/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { addEntry, givenManager, json, post, type Headers } from "@/tests/support/catalogue"
import { useDatabase } from "@/tests/support/database"
import { givenStore, givenTerminal } from "@/tests/support/factories"
import { detect, flagsOf, givenBeats } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

/** Active terminals with these versions, of the app if not said, and others that no rule looks at. */
async function givenVersions(
  orgId: string,
  versions: string[],
  { column = "app", modelId }: { column?: string; modelId?: number } = {},
): Promise<number[]> {
  const run = async (version: string, status: string) => {
    const { terminalId } = await givenTerminal(orgId, { status, ...(modelId ? { modelId } : {}) })
    await givenBeats(orgId, terminalId, { until: 1, count: 1, fields: { [column]: version } })
    return terminalId
  }
  const ids: number[] = []
  for (const version of versions) ids.push(await run(version, "active"))
  await run(column === "app" ? "0.1" : "2020-01-01", "spare")
  return ids
}

/** A region of one name for each merchant. The stores take turns. */
const givenRegions = (orgId: string, { name, merchants }: { name: string; merchants: string[] }) =>
  asWorker((db) =>
    db.query(sql`
      with m as (insert into merchant (org_id, name)
                 select ${orgId}::uuid, unnest(${merchants}::text[]) returning id, name),
           r as (insert into region (org_id, merchant_id, name)
                 select ${orgId}::uuid, id, ${name} from m returning id, merchant_id),
           n as (select r.*, row_number() over (order by m.name desc) - 1 as turn
                   from r join m on m.id = r.merchant_id),
           s as (select id, row_number() over (order by id) - 1 as turn
                   from store where org_id = ${orgId}::uuid)
      update store set merchant_id = n.merchant_id, region_id = n.id
        from s join n on n.turn = s.turn % ${merchants.length}
       where store.id = s.id`),
  )

const previewOf = (headers: Headers, query: Record<string, string | number>) => {
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return json<{ terminals: number; behind: number; soon: number; isVersion: boolean }>(
    call(preview, `/api/v1/release-policies/preview?${search}`, { headers }),
  )
}
const effectOf = (headers: Headers, minimumVersion: string) =>
  previewOf(headers, { component: "app", minimumVersion })

const draft = (minimumVersion: string) => ({ component: "app", minimumVersion, model: null, dueOn: null })
const flagged = async (readKey: string) =>
  (await flagsOf(readKey, "?kind=update")).data.map(({ terminal, reasons }) => [
    terminal?.id,
    reasons.map(({ code }) => code),
  ])

test("a minimum version flags as many terminals as its preview says", async () => {
  const { orgId, headers, readKey } = await givenManager()
  await givenVersions(orgId, ["1.9", "1.10", "1.10", "1.11", "golden", "2.0"])
  for (const [minimum, behind] of [
    ["1.9", 0],
    ["1.10", 1],
    ["v1.11", 3],
    ["9", 5],
  ] as const)
    expect(await effectOf(headers, minimum)).toMatchObject({ terminals: 6, behind, isVersion: true })
  expect((await post(policies, headers, draft("1.11"))).status).toBe(200)
  await detect(orgId, 2)
  const { data } = await flagsOf(readKey, "?kind=update")
  expect(data).toHaveLength(3)
})

test("takes a version that exists or reads as one, and refuses another word", async () => {
  const { orgId, headers } = await givenManager()
  await givenVersions(orgId, ["golden"])
  for (const [word, isVersion] of [
    ["banana", false],
    ["golden", true],
    ["3.0", true],
  ] as const) {
    expect(await effectOf(headers, word)).toMatchObject({ isVersion, behind: 0 })
    const model = { name: word, manufacturer: null }
    const { id } = await addEntry(modelsRoute, headers, model)
    const answer = await post(policies, headers, { ...draft(word), model: id })
    const { field } = (await answer.json()) as { field?: string }
    expect([word, answer.status, field]).toEqual(
      isVersion ? [word, 200, undefined] : [word, 422, "minimumVersion"],
    )
  }
})

test("release lines and the age of patches flag as many terminals as the preview says", async () => {
  const { orgId, headers, readKey } = await givenManager()
  const today = localDay(new Date(), "UTC")
  const [behind] = await givenVersions(orgId, ["5.0.9", "5.1.0", "5.9"])
  const [old] = await givenVersions(
    orgId,
    [181, 120, 3].map((days) => addDays(today, -days)),
    {
      column: "security_patch",
    },
  )
  for (const version of ["5.1.4", "5.2.0", "5.3.0"])
    await addEntry(releasesRoute, headers, { component: "app", version })
  await addEntry(releasesRoute, headers, { component: "app", version: "6.0", releasedOn: addDays(today, 9) })
  for (const policy of [
    { component: "app", mostLinesBehind: 2 },
    { component: "securityPatch", maxAgeDays: 180 },
  ]) {
    expect(await previewOf(headers, policy)).toMatchObject({
      terminals: 3,
      behind: 1,
      soon: policy.component === "app" ? 0 : 1,
    })
    expect((await post(policies, headers, policy)).status).toBe(200)
  }
  await detect(orgId, 2)
  expect((await flagged(readKey)).toSorted()).toEqual(
    [
      [behind, ["lines_behind"]],
      [old, ["patch_too_old"]],
    ].toSorted(),
  )
})

test("a patch becomes too old on its store's day, and so it is counted", async () => {
  const { orgId, headers, readKey } = await givenManager()
  // These two never have the same date.
  const zones = ["Pacific/Pago_Pago", "Pacific/Kiritimati"]
  const ids: number[] = []
  for (const timeZone of zones) {
    const { storeId } = await givenStore(orgId, { timeZone })
    const { terminalId } = await givenTerminal(orgId, { storeId })
    const patch = addDays(localDay(new Date(), zones[1] ?? ""), -181)
    await givenBeats(orgId, terminalId, { until: 1, count: 1, fields: { security_patch: patch } })
    ids.push(terminalId)
  }
  const policy = { component: "securityPatch", maxAgeDays: 180 }
  expect(await previewOf(headers, policy)).toMatchObject({ terminals: 2, behind: 1, soon: 1 })
  await post(policies, headers, policy)
  await detect(orgId, 2)
  expect(await flagged(readKey)).toEqual([[ids[1], ["patch_too_old"]]])
  const listed = call(listTerminals, "/api/v1/terminals?behind=securityPatch", { key: readKey })
  expect(await json<object>(listed)).toMatchObject({ data: [{ id: ids[1] }], total: 1 })
  const counted = call(compliance, "/api/v1/compliance?by=model", { key: readKey })
  expect(await json<object>(counted)).toMatchObject({ total: [{ terminals: 2, soon: 1, behind: 1 }] })
})

test("a policy must require something that the component has", async () => {
  const { headers } = await givenManager()
  for (const [body, field] of [
    [{ component: "app" }, "minimumVersion"],
    [{ component: "app", maxAgeDays: 90 }, "maxAgeDays"],
    [{ component: "securityPatch", mostLinesBehind: 2 }, "mostLinesBehind"],
  ] as const) {
    const answer = await post(policies, headers, body)
    expect([answer.status, ((await answer.json()) as { field?: string }).field]).toEqual([422, field])
  }
})

test("an update is done only when a heartbeat reports the version", async () => {
  const { orgId, headers, readKey } = await givenManager()
  const [terminalId = 0] = await givenVersions(orgId, ["1.9"])
  await post(policies, headers, draft("2.0"))
  await detect(orgId, 2)
  const [flag] = (await flagsOf(readKey)).data
  const found = await call(postHandling, "/api/v1/flags/handling", {
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ ids: [flag?.id], change: { what: "find", outcome: "fixed_remotely" } }),
  })
  expect(found.status).toBe(200)
  await givenBatch(orgId, "heartbeat", [
    { terminal_id: terminalId, at: new Date().toISOString(), app: "1.9.5" },
  ])
  await foldAll()
  await detect(orgId, 3, 3)
  expect((await flagsOf(readKey)).data).toMatchObject([{ id: flag?.id, status: "open" }])

  const at = new Date(Date.now() + 1000).toISOString()
  await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at, app: "2.0" }])
  await foldAll()
  await detect(orgId, 3, 6)
  expect((await flagsOf(readKey)).data).toEqual([])
})

test("compliance counts terminals by model and place, and lists those behind", async () => {
  const { orgId, headers, readKey } = await givenManager()
  const { id: modelId } = await addEntry(modelsRoute, headers, { name: "A920", manufacturer: null })
  const [old] = await givenVersions(orgId, ["1.0", "2.0", "2.1"], { modelId })
  await givenVersions(orgId, ["1.0"])
  await givenBeats(orgId, (await givenTerminal(orgId, { modelId })).terminalId, { until: 1, count: 1 })
  await post(policies, headers, { ...draft("2.0"), model: modelId })
  await post(policies, headers, { ...draft("3.0"), dueOn: addDays(localDay(new Date(), "UTC"), 30) })

  const counts = { component: "app", terminals: 4, met: 0, soon: 2, behind: 1, unknown: 1 }
  const one = { component: "app", terminals: 1, met: 0, soon: 1, behind: 0, unknown: 0 }
  const whole = { component: "app", terminals: 5, met: 0, soon: 3, behind: 1, unknown: 1 }
  const complianceBy = (by: string) =>
    json<object>(call(compliance, `/api/v1/compliance?by=${by}`, { key: readKey }))
  expect(await complianceBy("model")).toEqual({
    by: "model",
    data: [
      { id: modelId, name: "A920", merchant: null, cells: [counts] },
      { id: null, name: null, merchant: null, cells: [one] },
    ],
    total: [whole],
  })
  await givenRegions(orgId, { name: "East", merchants: ["Kapok", "Acorn"] })
  expect(await complianceBy("region")).toMatchObject({
    data: [
      { name: "East", merchant: "Acorn", cells: [{ terminals: 4 }] },
      { name: "East", merchant: "Kapok", cells: [{ terminals: 1 }] },
    ],
  })

  const behind = (query: string) =>
    json<{ data: { id: number }[]; total: number }>(
      call(listTerminals, `/api/v1/terminals?behind=${query}`, { key: readKey }),
    )
  expect(await behind(`app&model=${modelId}`)).toMatchObject({ data: [{ id: old }], total: 1 })
  expect(await behind("firmware")).toMatchObject({ data: [], total: 0 })
})
