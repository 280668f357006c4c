import { expect, test } from "vitest"
import { POST as postAction } from "@/app/api/v1/flags/[id]/remote-action/route"
import { GET as getFlag } from "@/app/api/v1/flags/[id]/route"
import { POST as postHandling } from "@/app/api/v1/flags/handling/route"
import { POST as postTaken } from "@/app/api/v1/remote-actions/[id]/taken/route"
import { GET as getActions } from "@/app/api/v1/remote-actions/route"
import { GET as getRules } from "@/app/api/v1/rules/route"
import type { FlagDetail, RuleRecords } from "@/lib/insight/handling/schemas"
import type { RemotePage } from "@/lib/insight/remote/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { detect, flagsOf, givenBeats } from "@/tests/support/flags"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

/** An organisation with a terminal whose reader failed its self-check. */
async function givenFlag() {
  const { orgId, readKey } = await givenOrganisation()
  const { headers } = await givenPerson(orgId, "planner")
  const { terminalId, storeId } = await givenTerminal(orgId)
  await givenBeats(orgId, terminalId, { until: 2, fields: { reader_ok: false } })
  await detect(orgId, 2)
  const [flag] = (await flagsOf(readKey)).data
  const params = { id: String(flag?.id) }
  const send = (route: Parameters<typeof call>[0], body: object, path = "/api/v1/flags") =>
    call(route, path, {
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
      params,
    })
  const ask = (action = "restart") => send(postAction, { action })
  const actions = async (search = "", as: object = { key: readKey }) =>
    ((await (await call(getActions, `/api/v1/remote-actions${search}`, as)).json()) as RemotePage).data
  const take = (id: number | undefined) =>
    call(postTaken, "/api/v1/remote-actions", { method: "POST", headers, params: { id: String(id) } })
  const events = async () =>
    (
      (await (await call(getFlag, "/api/v1/flags", { key: readKey, params })).json()) as FlagDetail
    ).events.map(({ change }) => change)
  const precision = async () => {
    const { data } = (await (await call(getRules, "/api/v1/rules", { key: readKey })).json()) as RuleRecords
    return data.find(({ rule }) => rule === "self_check")?.precision
  }
  const beat = (isOk: boolean) =>
    givenBeats(orgId, terminalId, { until: 0, count: 1, fields: { reader_ok: isOk } })
  return { orgId, readKey, terminalId, storeId, flag, send, ask, actions, take, events, precision, beat }
}

test("what helps closes the flag as fixed remotely, and the rule was right", async () => {
  const { orgId, readKey, ask, actions, take, events, precision, beat } = await givenFlag()
  expect(await (await ask()).json()).toEqual({ changed: 1 })
  const [asked] = await actions("?state=asked")
  expect(asked).toMatchObject({ action: "restart", state: "asked", flag: { rule: "self_check" } })
  expect((await take(asked?.id)).status).toBe(200)
  expect((await take(asked?.id)).status).toBe(409)
  await detect(orgId, 1, 1)
  expect((await flagsOf(readKey)).data).toMatchObject([{ remote: { action: "restart", state: "taken" } }])
  await beat(true)
  await detect(orgId, 1, 2)
  expect((await flagsOf(readKey)).data).toEqual([])
  expect(await actions()).toMatchObject([{ state: "helped", takenBy: expect.any(String) }])
  expect(await events()).toEqual([
    { what: "tried", action: "restart", state: "helped" },
    { what: "try", action: "restart" },
  ])
  expect(await precision()).toBe(1)
  await beat(false)
  await detect(orgId, 2, 4)
  expect((await flagsOf(readKey)).data).toMatchObject([{ rule: "self_check", remote: null }])
})

test("what does not help in time says so, and the flag stays open", async () => {
  const { orgId, readKey, ask, actions, take, beat, precision } = await givenFlag()
  await ask()
  const [asked] = await actions()
  await take(asked?.id)
  await beat(false)
  await detect(orgId, 1, 1)
  await detect(orgId, 1, 70)
  expect(await actions("?state=taken")).toMatchObject([{ id: asked?.id }])
  await detect(orgId, 1, 80)
  expect(await actions()).toMatchObject([{ state: "did_not_help" }])
  expect((await flagsOf(readKey)).data).toMatchObject([{ remote: { state: "did_not_help" } }])
  expect(await precision()).toBeNull()
})

test("what nobody takes expires, and so does what is asked for again", async () => {
  const { orgId, ask, actions } = await givenFlag()
  await ask()
  await ask()
  expect((await actions()).map(({ state }) => state)).toEqual(["expired", "asked"])
  await detect(orgId, 1, 1)
  await detect(orgId, 1, 80)
  expect((await actions()).map(({ state }) => state)).toEqual(["expired", "expired"])
})

test("a finding that closes the flag ends what is pending", async () => {
  const { send, ask, actions } = await givenFlag()
  await ask()
  const [asked] = await actions()
  const body = { ids: [asked?.flag.id], change: { what: "find", outcome: "no_fault_found" } }
  expect((await send(postHandling, body)).status).toBe(200)
  expect(await actions()).toMatchObject([{ state: "did_not_help" }])
})

test("an action that cannot help is refused, and others see and take nothing", async () => {
  const { orgId, storeId, ask, actions } = await givenFlag()
  expect((await ask("reload_keys")).status).toBe(409)
  expect(await actions()).toEqual([])
  await ask()
  const [asked] = await actions()
  const elsewhere = await givenPerson(orgId, "planner", { stores: [(await givenTerminal(orgId)).storeId] })
  const here = await givenPerson(orgId, "planner", { stores: [storeId] })
  const foreign = await givenPerson((await givenOrganisation()).orgId, "admin")
  const viewer = await givenPerson(orgId, "viewer")
  expect(await actions("", here)).toHaveLength(1)
  expect(await actions("", elsewhere)).toEqual([])
  const statusOf = async ({ headers }: { headers: Record<string, string> }) =>
    (
      await call(postTaken, "/api/v1/remote-actions", {
        method: "POST",
        headers,
        params: { id: String(asked?.id) },
      })
    ).status
  expect(await statusOf(viewer)).toBe(403)
  expect(await statusOf(elsewhere)).toBe(404)
  expect(await statusOf(foreign)).toBe(404)
  expect(await statusOf(here)).toBe(200)
})
