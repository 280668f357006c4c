import { expect } from "vitest"
import { POST as postMerchant } from "@/app/api/v1/merchants/route"
import { POST as postRegion } from "@/app/api/v1/regions/route"
import { PATCH as patchStore } from "@/app/api/v1/stores/[id]/route"
import { POST as postStore } from "@/app/api/v1/stores/route"
import type { Store } from "@/lib/fleet/stores/schemas"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

type Route = Parameters<typeof call>[0]

type Headers = Record<string, string>

export async function givenManager() {
  const org = await givenOrganisation()
  return { ...org, manager: (await givenPerson(org.orgId, "manager")).headers }
}

export const send = (route: Route, headers: Headers, method: string, body?: object, id?: number) =>
  call(route, "/api/v1/place", {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
    ...(id === undefined ? {} : { params: { id: String(id) } }),
  })

const made = async <Made = { id: number }>(response: Response): Promise<Made> => {
  expect(await response.clone().text()).toContain(`"id"`)
  return (await response.json()) as Made
}

export const refusal = async (response: Response) => {
  const { field, reason, code } = (await response.json()) as { field?: string; reason?: string; code: string }
  return { status: response.status, code, ...(field ? { field } : {}), ...(reason ? { reason } : {}) }
}

export const listPlaces = async (route: Route, headers: Headers, search = "") =>
  (await (await call(route, `/api/v1/place${search}`, { headers })).json()) as {
    data: (Store & { stores: number })[]
    nextCursor: string | null
    total: number
  }

export const addMerchant = async (headers: Headers, name: string, more: object = {}) =>
  made(await send(postMerchant, headers, "POST", { name, ...more }))

export const addRegion = async (headers: Headers, merchantId: number, name: string) =>
  made(await send(postRegion, headers, "POST", { merchantId, name }))

export const addStore = async (headers: Headers, store: object) =>
  made<Store>(await send(postStore, headers, "POST", store))

export const changeStore = (headers: Headers, id: number, body: object) =>
  send(patchStore, headers, "PATCH", body, id)
