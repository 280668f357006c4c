import { expect } from "vitest"
import { POST as addSupplier } from "@/app/api/v1/suppliers/route"
import { givenOrganisation, givenStore } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson, type Person } from "@/tests/support/people"

type Handler = Parameters<typeof call>[0]

export const send = (route: Handler, by: Person, body: object, terminalId?: number) =>
  call(route, "/api/v1/x", {
    method: "POST",
    headers: { ...by.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
    params: terminalId === undefined ? {} : { id: String(terminalId) },
  })

export async function read<Answer>(answer: Promise<Response>): Promise<Answer> {
  const response = await answer
  expect(response.status).toBe(200)
  return response.json() as Promise<Answer>
}

export const givenSupplier = async (by: Person, name: string, more: object = {}) =>
  (await read<{ id: number }>(send(addSupplier, by, { name, isSupplier: true, ...more }))).id

export async function givenFleet() {
  const { orgId } = await givenOrganisation()
  const admin = await givenPerson(orgId, "admin")
  return {
    orgId,
    admin,
    storeId: (await givenStore(orgId)).storeId,
    supplierId: await givenSupplier(admin, "Harbour", { warrantyMonths: 24 }),
  }
}
