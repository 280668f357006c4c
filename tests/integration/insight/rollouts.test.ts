import sql, { raw } from "sql-template-tag"
import { expect, test } from "vitest"
import { GET as getRollout } from "@/app/api/v1/releases/[id]/rollout/route"
import * as releasesRoute from "@/app/api/v1/releases/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { components, type Component } from "@/lib/fleet/catalogue/components"
import { keepCourses } from "@/lib/insight/rollouts/keep-courses"
import type { Rollout } from "@/lib/insight/rollouts/schemas"
import { addEntry, givenManager, json } from "@/tests/support/catalogue"
import { useDatabase } from "@/tests/support/database"
import { givenStore, givenTerminal } from "@/tests/support/factories"
import { givenBeats } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

const today = localDay(new Date(), "UTC")
const back = (days: number) => addDays(today, -days)

type Terminal = { terminalId: number; storeId: number }

/** The version before and the one that comes. */
const versionsOf: Record<Component, [string, string]> = {
  os: ["Android 9", "Android 10"],
  firmware: ["1.0", "2.0"],
  app: ["1.0", "2.0"],
  emvKernel: ["4.3j", "4.3k"],
  securityPatch: ["2026-08-05", "2026-11-01"],
}
const columnOf: Record<Component, string> = {
  os: "os",
  firmware: "firmware",
  app: "app",
  emvKernel: "emv_kernel",
  securityPatch: "security_patch",
}

type Days = { since: number | null; failed: [number, number]; component: Component }

/** Days of 100 sales from 30 days ago on, with the new version from a day on; `failed` of them fail. */
const givenDays = (orgId: string, { terminalId, storeId }: Terminal, { since, failed, component }: Days) => {
  const [before, after] = versionsOf[component]
  return asWorker((db) =>
    db.query(sql`
    insert into terminal_day (terminal_id, day, store_id, org_id, beats,
      ${raw(`${columnOf[component]}_release`)}, presentments, failures)
    select ${terminalId}::bigint, ${today}::date - n, ${storeId}::bigint, ${orgId}::uuid, 10,
           case when n <= ${since}::int then ${after} else ${before} end, 100,
           case when n <= ${since ?? 10}::int then ${failed[1]}::int else ${failed[0]}::int end
      from generate_series(1, 30) n`),
  )
}

const rolloutOf = (key: string, id: number): Promise<Rollout> =>
  json(call(getRollout, `/api/v1/releases/${id}/rollout`, { key, params: { id: String(id) } }))

type Coming = { failed: [number, number]; component?: Component }

/** A store with two terminals that get the new version on a day, and one that does not. */
async function givenRing(orgId: string, since: number, { failed, component = "app" }: Coming) {
  const { storeId } = await givenStore(orgId)
  const terminals: Terminal[] = []
  for (const gets of [true, true, false]) {
    const { terminalId } = await givenTerminal(orgId, { storeId })
    terminals.push({ terminalId, storeId })
    await givenDays(
      orgId,
      { terminalId, storeId },
      gets ? { since, failed, component } : { since: null, failed: [4, 4], component },
    )
    const fields = { [columnOf[component]]: versionsOf[component][gets ? 1 : 0] }
    await givenBeats(orgId, terminalId, { until: 1, count: 1, fields })
  }
  return { storeId, terminals }
}

test("a rollout has its rings in order, and says which made sales fail and who is stuck", async () => {
  const { orgId, headers, readKey } = await givenManager()
  const first = await givenRing(orgId, 14, { failed: [4, 4] })
  await givenRing(orgId, 6, { failed: [4, 16] })
  // All of its terminals came with the release.
  await givenRing(orgId, 40, { failed: [4, 4] })
  const { id } = await addEntry(releasesRoute, headers, { component: "app", version: "2.0" })
  const rollout = await rolloutOf(readKey, id)
  expect(rollout).toMatchObject({
    terminals: { same: 6, older: 3, newer: 0 },
    incident: null,
    advice: "pause",
    stuck: {
      count: 1,
      data: [{ id: first.terminals[2]?.terminalId, version: "1.0", storeSince: back(14) }],
    },
  })
  expect(rollout.rings).toMatchObject([
    { firstOn: back(14), stores: 1, terminals: 2 },
    { firstOn: back(6), stores: 1, terminals: 2 },
  ])
  const [good, bad] = rollout.rings ?? []
  // The day itself is left out.
  expect(good?.effect.updated).toEqual({
    before: { attempts: 2800, failures: 112 },
    after: { attempts: 2600, failures: 104 },
  })
  expect(bad?.effect).toMatchObject({
    updated: { after: { attempts: 1000, failures: 160 } },
    others: { before: { attempts: 1400, failures: 56 }, after: { attempts: 500, failures: 20 } },
  })
  expect(good?.effect.interval?.[0]).toBeLessThan(1)
  expect(bad?.effect.interval?.[0]).toBeGreaterThan(1)
})

test("of a large organisation the worker works a rollout out once a day", async () => {
  const { orgId, headers, readKey } = await givenManager()
  const { storeId } = await givenRing(orgId, 14, { failed: [4, 4] })
  const { id } = await addEntry(releasesRoute, headers, { component: "app", version: "2.0" })
  await addEntry(releasesRoute, headers, { component: "app", version: "never seen" })
  const { asOf: _, ...before } = await rolloutOf(readKey, id)
  const now = new Date()
  expect(await keepCourses({ now, fewest: 1_000_000 })).toBe(0)
  expect(await keepCourses({ now, fewest: 3 })).toBeGreaterThan(0)
  expect(await keepCourses({ now, fewest: 3 })).toBe(0)
  await asWorker((db) =>
    db.query(sql`update terminal_day set failures = failures + 1 where org_id = ${orgId}::uuid`),
  )
  expect(await rolloutOf(readKey, id)).toEqual({ ...before, asOf: now.toISOString() })
  const limited = await givenPerson(orgId, "viewer", { stores: [storeId] })
  const some = await json<Rollout>(
    call(getRollout, `/api/v1/releases/${id}/rollout`, {
      headers: limited.headers,
      params: { id: String(id) },
    }),
  )
  expect(some.effect?.updated.before).toEqual({ attempts: 2800, failures: 112 + 28 })
  await keepCourses({ now: new Date(now.getTime() + 86_400_000), fewest: 3 })
  expect((await rolloutOf(readKey, id)).effect?.updated.before.failures).toBe(112 + 28)
})

test("labels of terminals name rings, and an open incident of the release asks for a pause", async () => {
  const { orgId, headers, readKey } = await givenManager()
  const { terminals } = await givenRing(orgId, 5, { failed: [4, 4] })
  await asWorker((db) =>
    db.query(sql`
    update terminal set labels = array['counter', 'ring:pilot']
     where id = any(${terminals.map(({ terminalId }) => terminalId)}::bigint[])`),
  )
  const { id } = await addEntry(releasesRoute, headers, { component: "app", version: "2.0" })
  expect(await rolloutOf(readKey, id)).toMatchObject({
    rings: [{ label: "ring:pilot" }],
    stuck: { count: 0 },
    incident: null,
  })
  const [incident] = await asWorker((db) =>
    db.query<{ id: number }>(sql`
    insert into incident (org_id, class, subject, value, first_on, last_on, opened_at, observed, expected, p,
      timeline)
    values (${orgId}::uuid, 'firmware', 'firmware:M/app:2.0', 'app:2.0', current_date, current_date, now(),
      9, 3, 0.001, '[]')
    returning id`),
  )
  expect(await rolloutOf(readKey, id)).toMatchObject({ incident: incident?.id, advice: "pause" })
})

const others = components.filter((component) => component !== "app")
test.each(others)("releases of other components are followed in the same way: %s", async (component) => {
  const { orgId, headers, readKey } = await givenManager()
  const { id } = await addEntry(releasesRoute, headers, { component, version: versionsOf[component][1] })
  const ring = await givenRing(orgId, 14, { failed: [4, 16], component })
  const rollout = await rolloutOf(readKey, id)
  expect(rollout).toMatchObject({
    terminals: { same: 2, older: 1, newer: 0 },
    rings: [{ firstOn: back(14), stores: 1, terminals: 2 }],
    effect: { updated: { before: { failures: 112 }, after: { failures: 416 } } },
    stuck: { count: 1, data: [{ id: ring.terminals[2]?.terminalId, version: versionsOf[component][0] }] },
    advice: "pause",
  })
  const now = new Date()
  expect(await keepCourses({ now, fewest: 3 })).toBeGreaterThan(0)
  expect(await rolloutOf(readKey, id)).toEqual({ ...rollout, asOf: now.toISOString() })
})

test("releases of two components with the same version have courses of their own", async () => {
  const { orgId, headers, readKey } = await givenManager()
  await givenRing(orgId, 14, { failed: [4, 4], component: "firmware" })
  const ids = []
  for (const component of ["firmware", "app"])
    ids.push((await addEntry(releasesRoute, headers, { component, version: "2.0" })).id)
  const { terminalId } = await givenTerminal(orgId)
  await givenBeats(orgId, terminalId, { until: 1, count: 1, fields: { app: "2.0" } })
  await keepCourses({ now: new Date(), fewest: 3 })
  const [firmware, app] = await Promise.all(ids.map((id) => rolloutOf(readKey, id)))
  expect(firmware?.rings).toHaveLength(1)
  expect(app?.rings).toEqual([])
})
