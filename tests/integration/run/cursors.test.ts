import fc from "fast-check"
import sql from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { fillEveryTable } from "@/tests/support/every-table"
import { listsOf, queryOf, type Listed } from "@/tests/support/lists"
import { givenPerson } from "@/tests/support/people"
import { apiRoutes, callRoute, type Route } from "@/tests/support/routes"
import { uuidOf, type Place } from "@/tests/support/tables/place"

useDatabase()

const organisation: Place = {
  mark: "page",
  base: 70,
  orgId: "0a000000-0000-4000-8000-00000000000a",
  sales: 100,
  owner: null,
}
const shop: Place = { ...organisation, owner: organisation }
const other: Place = { ...shop, mark: "other page", base: 71 }

let routes: Route[]
let headers: Record<string, string>

/** At least two rows in every list. */
beforeAll(async () => {
  await fillEveryTable(organisation, [shop, other])
  await asWorker(async (db) => {
    const org = sql`${organisation.orgId}::uuid`
    const run = sql`${uuidOf(organisation, "import")}::uuid`
    await db.query(sql`
      insert into quarantine (org_id, kind, code, message, record, record_hash)
      values (${org}, 'heartbeat', 'invalid', 'wrong', '{}', sha256('second'))`)
    await db.query(sql`
      insert into import_run (org_id, state, kind, file_name, file_hash)
      values (${org}, 'uploaded', 'heartbeats', 'second', 'second')`)
    await db.query(sql`
      insert into import_result (import_id, line, org_id, outcome) values (${run}, 2, ${org}, 'created')`)
    await db.query(sql`
      insert into audit_entry (org_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
        subject_name)
      values (${org}, 'system', 'x', 'x', 'user.invited', 'user', 'x', 'x')`)
  })
  headers = (await givenPerson(organisation.orgId, "admin")).headers
  routes = await apiRoutes()
})

type Page = {
  data: unknown[]
  nextCursor: string | null
  previousCursor: string | null
  position: number
}

const lists = () => listsOf(routes)
const nameOf = ({ route, order }: Listed) => `${route.path} ${new URLSearchParams(order)}`
const ask = (list: Listed, more: Record<string, string>) =>
  callRoute(list.route, { place: shop, headers, query: queryOf(list, more) })

test("accepts a cursor only in its own list and order", async () => {
  const all = lists()
  expect(all.length).toBeGreaterThan(15)
  const cursors: [of: Listed, cursor: string][] = []
  for (const list of all) {
    const page = (await (await ask(list, { limit: "1" })).json()) as { nextCursor: string | null }
    expect([nameOf(list), typeof page.nextCursor]).toEqual([nameOf(list), "string"])
    cursors.push([list, page.nextCursor ?? ""])
  }
  const wrong: string[] = []
  for (const asked of all) {
    await asWorker((db) => db.query(sql`delete from rate_limit`))
    for (const [of, cursor] of cursors) {
      const response = await ask(asked, { cursor })
      const { field } = (await response.json()) as { field?: string }
      const expected = nameOf(of) === nameOf(asked) ? "200" : "422 cursor"
      const got = [response.status, field].filter(Boolean).join(" ")
      if (got !== expected) wrong.push(`${nameOf(asked)} with a cursor of ${nameOf(of)}: ${got}`)
    }
  }
  expect(wrong).toEqual([])
}, 60_000)

test("accepts a cursor at a very long name", async () => {
  await asWorker((db) => db.query(sql`update store set name = repeat('店', 199) || (id % 10)::text`))
  const byStore = lists().find((list) => nameOf(list) === "/api/v1/terminals sort=store&order=asc")
  if (!byStore) throw new Error("terminals cannot be sorted by store")
  const { nextCursor } = (await (await ask(byStore, { limit: "1" })).json()) as { nextCursor: string }
  expect(await (await ask(byStore, { limit: "1", cursor: nextCursor })).json()).toMatchObject({
    data: [{ serial: "serial other page" }],
  })
})

test("puts each of several rows of one millisecond on exactly one page", async () => {
  await asWorker((db) =>
    db.query(sql`
      update import_run r
         set uploaded_at = timestamptz '2026-11-30 06:00:00.123+00' + n * interval '1 microsecond'
        from (select id, row_number() over (order by id) as n from import_run) as numbered
       where r.id = numbered.id`),
  )
  const imports = lists().find((list) => list.route.path === "/api/v1/imports")
  if (!imports) throw new Error("there is no list of imports")
  const { data } = (await (await ask(imports, {})).json()) as Page
  const first = (await (await ask(imports, { limit: "1" })).json()) as Page
  const second = (await (await ask(imports, { limit: "1", cursor: first.nextCursor ?? "" })).json()) as Page
  expect([...first.data, ...second.data]).toEqual(data.slice(0, 2))
})

test("random steps forward and back show the right rows", async () => {
  await asWorker((db) =>
    db.query(sql`
      insert into quarantine (org_id, kind, code, message, record, record_hash)
      select ${organisation.orgId}::uuid, 'heartbeat', 'invalid', 'wrong', '{}', sha256(n::text::bytea)
        from generate_series(1, 23) as n`),
  )
  const quarantine = lists().find((list) => list.route.path === "/api/v1/quarantine")
  if (!quarantine) throw new Error("there is no list of the quarantine")
  const { data: whole } = (await (await ask(quarantine, { limit: "200" })).json()) as Page
  const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 })), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(steps, async (walk) => {
      await asWorker((db) => db.query(sql`delete from rate_limit`))
      let [from, to] = [0, 0]
      let page = (await (await ask(quarantine, { limit: "1" })).json()) as Page
      to = 1
      for (const [isOn, limit] of walk) {
        const cursor = isOn ? page.nextCursor : page.previousCursor
        expect(cursor === null).toBe(isOn ? to === whole.length : from === 0)
        if (cursor === null) continue
        page = (await (await ask(quarantine, { limit: String(limit), cursor })).json()) as Page
        ;[from, to] = isOn
          ? [to, Math.min(to + limit, whole.length)]
          : from < limit
            ? [0, Math.min(limit, whole.length)]
            : [from - limit, from]
        expect(page).toMatchObject({ position: from + 1, data: whole.slice(from, to) })
      }
    }),
    { numRuns: 15 },
  )
}, 60_000)

test("pages every list to its end and back, with the right position", async () => {
  for (const list of lists()) {
    await asWorker((db) => db.query(sql`delete from rate_limit`))
    const page = async (cursor: string | null) =>
      (await (await ask(list, { limit: "1", ...(cursor === null ? {} : { cursor }) })).json()) as Page
    const { data: whole } = (await (await ask(list, {})).json()) as Page
    const there = [await page(null)]
    for (let next = there[0]?.nextCursor; next; next = there.at(-1)?.nextCursor) there.push(await page(next))
    const back = [there.at(-1)]
    for (let previous = back[0]?.previousCursor; previous; previous = back.at(-1)?.previousCursor)
      back.push(await page(previous))
    const told = (pages: (Page | undefined)[]) => pages.map((one) => [one?.position, ...(one?.data ?? [])])
    expect([nameOf(list), ...told(there)]).toEqual([nameOf(list), ...whole.map((row, i) => [i + 1, row])])
    expect([nameOf(list), ...told(back)]).toEqual([nameOf(list), ...told(there).toReversed()])
    expect([nameOf(list), there[0]?.previousCursor]).toEqual([nameOf(list), null])
  }
}, 60_000)
