import { randomUUID } from "node:crypto"
import sql, { type Sql } from "sql-template-tag"
import { beforeAll, expect, test } from "vitest"
import { makeLink } from "@/lib/access/account-links/make-link"
import { hashPassword } from "@/lib/access/credentials/password"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { codeOf, goodPassword, turnTotpOn } from "@/tests/support/accounts"
import { useDatabase } from "@/tests/support/database"
import { fillEveryTable } from "@/tests/support/every-table"
import { meaningOf, ofFlags, planGiven } from "@/tests/support/given-bodies"
import { givenPerson, type Person } from "@/tests/support/people"
import { apiRoutes, callRoute, type Route } from "@/tests/support/routes"
import { idOf, uuidOf, type Place } from "@/tests/support/tables/place"
import { unauditedRoutes } from "@/tests/support/unaudited-routes"

useDatabase()

const ours: Place = {
  mark: "ours",
  base: 7000,
  orgId: "0a000000-0000-4000-8000-00000000000a",
  sales: 1,
  owner: null,
}
const { orgId } = ours
const shop: Place = { ...ours, mark: "shop", base: 7100, owner: ours }

type Right = { query?: string; body?: object | string; params?: Record<string, string> }
type Rightly = (person: Person) => Right | Promise<Right>
const change = (statement: Sql) => asWorker((db) => db.query(statement))
const importIs = (state: string) =>
  change(sql`update import_run set state = ${state} where id = ${uuidOf(ours, "import")}::uuid`)
const quarantineIs = (isOpen: boolean) =>
  change(sql`
  update quarantine
  set resolved_at = case when not ${isOpen}::boolean then now() end,
      discarded_at = case when not ${isOpen}::boolean then now() end, claimed_at = null,
      code = 'unknown_terminal'
   where org_id = ${orgId}::uuid`)
const passwordGiven: Right = { body: { password: goodPassword } }
const profile = {
  name: "mine",
  description: "",
  kind: "heartbeats",
  timeZone: "UTC",
  columns: {},
  fields: { terminal: { column: "column ours" } },
  at: { column: "column ours" },
}
const ofImport = (state: string, body?: object) => async (): Promise<Right> => {
  await importIs(state)
  return body === undefined ? {} : { body }
}
const reach = { merchants: [], regions: [], stores: [idOf(shop, "store")] }
const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
/** Another user of the organisation, for an admin to manage. */
const somebody = async (): Promise<Right> => ({ params: { id: (await givenPerson(orgId, "viewer")).userId } })

/** The id of what a route adds. */
async function added(name: string, person: Person, body: object): Promise<number> {
  const answer = await ask(name, person, { body })
  if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`)
  return ((await answer.json()) as { id: number }).id
}
const paramsOf = async (id: Promise<number>) => ({ id: String(await id) })
let names = 0
const fresh = () => `name ${(names += 1)}`
const called = () => ({ name: fresh() })
const calledAndCoded = () => ({ ...called(), code: fresh() })
const atShop = () => ({ serial: fresh(), store: idOf(shop, "store") })
const newTerminal = (person: Person, status = "active", named = {}) =>
  added("POST /api/v1/terminals", person, { ...atShop(), status, ...named })

type Draft = (person: Person) => object | Promise<object>

/** Requests that add, change and remove an entry of a catalogue noun. */
const kept = (
  noun: string,
  draft: Draft,
  [method, edit]: ["PATCH" | "PUT", Draft] = ["PUT", draft],
): Record<string, Rightly> => {
  const one = async (person: Person) => paramsOf(added(`POST /api/v1/${noun}`, person, await draft(person)))
  return {
    [`POST /api/v1/${noun}`]: async (person) => ({ body: await draft(person) }),
    [`${method} /api/v1/${noun}/[id]`]: async (person) => ({
      params: await one(person),
      body: await edit(person),
    }),
    [`DELETE /api/v1/${noun}/[id]`]: async (person) => ({ params: await one(person) }),
  }
}

/** A request for each route that changes something, as an admin with a password. */
const right: Record<string, Rightly> = {
  "POST /api/v1/account-links/[token]": async () => {
    const { userId } = await givenPerson(orgId, "viewer")
    const { url } = await inOrganisation(wholeOrganisation(orgId), (db) =>
      makeLink(db, { orgId, userId, purpose: "invitation" }),
    )
    return { params: { token: url.slice(-43) }, body: { password: goodPassword } }
  },
  "PATCH /api/v1/account": () => ({ body: { name: "Ana" } }),
  "POST /api/v1/account/recovery-codes": async ({ headers }) => {
    await turnTotpOn(headers)
    return passwordGiven
  },
  "DELETE /api/v1/account/sessions": async ({ userId }) => {
    await change(sql`insert into session (org_id, user_id) values (${orgId}::uuid, ${userId}::uuid)`)
    return {}
  },
  "DELETE /api/v1/account/sessions/[id]": () => ({}),
  "POST /api/v1/account/totp": () => passwordGiven,
  "PUT /api/v1/account/totp": async (person) => {
    const begun = (await (await ask("POST /api/v1/account/totp", person, passwordGiven)).json()) as {
      text: string
    }
    return { body: { code: codeOf(begun.text) } }
  },
  "DELETE /api/v1/account/totp": async ({ headers }) => {
    await turnTotpOn(headers)
    return passwordGiven
  },
  "POST /api/v1/adapters/[vendor]": () => ({
    body: {
      object: "terminal.reader",
      id: "tmr_1",
      serial_number: fresh(),
      device_type: "bbpos_wisepos_e",
      location: "tml_1",
      last_seen_at: Date.now(),
      livemode: true,
    },
  }),
  "PUT /api/v1/code-packs/[codeSystem]": () => meaningOf("P1"),
  "POST /api/v1/code-packs/[codeSystem]/codes": () => meaningOf("P2"),
  "DELETE /api/v1/code-packs/[codeSystem]/codes": () => ({ ...meaningOf("P2"), query: "?code=P2" }),
  "PUT /api/v1/group-mappings": () => ({ body: { group: "tills", role: "viewer", reach } }),
  "DELETE /api/v1/group-mappings/[id]": () => ({}),
  "POST /api/v1/trainings": () => ({
    body: { store: idOf(shop, "store"), operator: null, subject: "PIN entry", heldOn: "2026-11-02" },
  }),
  "DELETE /api/v1/trainings/[id]": () => ({ params: { id: String(idOf(shop, "training")) } }),
  "PUT /api/v1/import-profiles": () => ({ body: { profile } }),
  "POST /api/v1/imports": () => ({
    query: "?fileName=beats.csv",
    body: "terminal,at\n1,2026-05-04 10:00:00\n",
  }),
  "POST /api/v1/imports/[id]/read": ofImport("uploaded", { encoding: "utf8" }),
  "POST /api/v1/imports/[id]/start": ofImport("uploaded", { profile }),
  "POST /api/v1/imports/[id]/cancel": ofImport("queued"),
  "POST /api/v1/imports/[id]/resume": async () => {
    await change(sql`
      update import_run set mapping = ${JSON.stringify(profile)}::jsonb
      where id = ${uuidOf(ours, "import")}::uuid`)
    await importIs("cancelled")
    return {}
  },
  "POST /api/v1/keys": () => ({ body: { label: "tills", scopes: ["read"] } }),
  "PATCH /api/v1/keys/[id]": () => ({ body: { label: fresh() } }),
  "DELETE /api/v1/keys/[id]": () => ({}),
  "POST /api/v1/keys/[id]/rotation": async () => {
    await change(sql`
      update api_key set revoked_at = null, expires_at = null, successor_id = null
      where id = ${uuidOf(ours, "key")}::uuid`)
    return { body: { worksUntil: inAnHour } }
  },
  ...ofFlags(shop),
  "PUT /api/v1/contingency-plans/[class]": () => planGiven,
  "PATCH /api/v1/organisation": () => ({ body: { name: "Ours, renamed" } }),
  "POST /api/v1/password": () => ({
    body: { current: goodPassword, next: "another sentence that nobody guesses" },
  }),
  "POST /api/v1/quarantine/[id]/enrol": () =>
    quarantineIs(true).then(() => ({ body: { store: idOf(shop, "store") } })),
  "POST /api/v1/quarantine/[id]/replay": () => quarantineIs(true).then(() => ({ body: "" })),
  "POST /api/v1/quarantine/replay": () => quarantineIs(true).then(() => ({})),
  "POST /api/v1/quarantine/clock": async () => {
    await quarantineIs(true)
    await change(sql`update quarantine set code = 'clock_wrong' where org_id = ${orgId}::uuid`)
    return { query: `?terminal=${encodeURIComponent("serial ours")}`, body: { aheadSeconds: 60 } }
  },
  "POST /api/v1/quarantine/discard": () => quarantineIs(true).then(() => ({})),
  "POST /api/v1/quarantine/restore": () => quarantineIs(false).then(() => ({})),
  ...kept("suppliers", () => ({ ...called(), isSupplier: true })),
  ...kept("models", called),
  ...kept("approvals", () => ({
    component: "os",
    version: fresh(),
    kind: "os",
    source: "a letter",
    checkedOn: "2026-11-25",
  })),
  ...kept("releases", () => ({ component: "app", version: fresh() })),
  ...kept("release-policies", async (person) => ({
    component: "app",
    minimumVersion: "2.0",
    model: await added("POST /api/v1/models", person, called()),
  })),
  ...kept("acquirers", calledAndCoded),
  ...kept("merchants", called, ["PATCH", called]),
  ...kept("regions", () => ({ ...called(), merchantId: idOf(shop, "merchant") }), ["PATCH", called]),
  ...kept("stores", calledAndCoded, ["PATCH", called]),
  "POST /api/v1/terminals": () => ({ body: atShop() }),
  "PATCH /api/v1/terminals/[id]": async (person) => ({
    params: await paramsOf(newTerminal(person)),
    body: { labels: ["spring"] },
  }),
  "POST /api/v1/terminals/[id]/enrol": async (person) => ({
    params: await paramsOf(newTerminal(person, "pending")),
    body: {},
  }),
  "POST /api/v1/terminals/[id]/merge": async (person) => ({
    params: await paramsOf(newTerminal(person, "spare", { serial: "A-1" })),
    body: { merged: await newTerminal(person, "spare", { serial: "A1" }) },
  }),
  "POST /api/v1/terminals/[id]/move": async (person) => ({
    params: await paramsOf(newTerminal(person)),
    body: { store: await added("POST /api/v1/stores", person, calledAndCoded()) },
  }),
  "POST /api/v1/terminals/[id]/status": async (person) => ({
    params: await paramsOf(newTerminal(person)),
    body: { status: "spare" },
  }),
  "POST /api/v1/terminals/[id]/swap": async (person) => ({
    params: await paramsOf(newTerminal(person)),
    body: { replacement: await newTerminal(person, "spare"), oldStatus: "in_repair" },
  }),
  "POST /api/v1/terminals/[id]/tid": async (person) => ({
    params: await paramsOf(newTerminal(person)),
    body: { tid: randomUUID() },
  }),
  "POST /api/v1/terminals/bulk": async (person) => ({
    body: { terminals: { ids: [await newTerminal(person)] }, change: { kind: "labels", add: ["spring"] } },
  }),
  "POST /api/v1/users": () => ({
    body: { email: `${randomUUID()}@example.com`, name: "Ana", role: "viewer", reach },
  }),
  "PATCH /api/v1/users/[id]": async () => ({ ...(await somebody()), body: { role: "planner" } }),
  "POST /api/v1/users/[id]/invitation": somebody,
  "POST /api/v1/users/[id]/reset": async () => {
    const { userId } = await givenPassword(await givenPerson(orgId, "viewer"))
    return { params: { id: userId } }
  },
  "DELETE /api/v1/users/[id]/sessions": somebody,
  "DELETE /api/v1/users/[id]/totp": async () => {
    const person = await givenPassword(await givenPerson(orgId, "viewer"))
    await turnTotpOn(person.headers)
    return { params: { id: person.userId } }
  },
}

let routes: Route[]
let hash: string

async function givenPassword(person: Person): Promise<Person> {
  await change(sql`update app_user set password_hash = ${hash} where id = ${person.userId}::uuid`)
  return person
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`

function ask(name: string, { headers, sessionId }: Person, { query = "", ...given }: Right) {
  const route = routes.find((one) => nameOf(one) === name)
  if (!route) throw new Error(`there is no ${name}`)
  return callRoute(route, { place: ours, headers, query, session: sessionId, ...given })
}

const audited = () =>
  asWorker((db) =>
    db.query<{ action: string }>(
      sql`select action from audit_entry where org_id = ${orgId}::uuid order by id`,
    ),
  )

beforeAll(async () => {
  await fillEveryTable(ours, [shop])
  hash = await hashPassword(goodPassword, { email: "", name: "" })
  routes = (await apiRoutes()).filter(({ method }) => method !== "GET")
})

test("every route that changes something makes an audit entry or says why not", async () => {
  expect([...Object.keys(right), ...Object.keys(unauditedRoutes)].toSorted()).toEqual(
    routes.map(nameOf).toSorted(),
  )
  const outcomes: Record<string, string> = {}
  for (const [name, rightly] of Object.entries(right)) {
    const person = await givenPassword(await givenPerson(orgId, "admin"))
    const given = await rightly(person)
    const before = (await audited()).length
    const answer = await ask(name, person, given)
    const isWritten = (await audited()).length > before
    outcomes[name] =
      answer.ok && isWritten
        ? "written down"
        : `${answer.status}${isWritten ? "" : ", nothing written"}: ${answer.ok ? "" : await answer.text()}`
  }
  expect(outcomes).toEqual(Object.fromEntries(Object.keys(right).map((name) => [name, "written down"])))
})
