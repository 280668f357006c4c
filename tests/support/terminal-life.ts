import sql from "sql-template-tag"
import { expect } from "vitest"
import { GET as getTerminal } from "@/app/api/v1/terminals/[id]/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { Terminal } from "@/lib/fleet/terminals/schemas"
import { givenOrganisation, givenStore } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson, type Person } from "@/tests/support/people"

type Handler = Parameters<typeof call>[0]

export async function givenFleet() {
  const { orgId } = await givenOrganisation()
  const [first, second] = [await givenStore(orgId), await givenStore(orgId)]
  return { orgId, first: first.storeId, second: second.storeId, manager: await givenPerson(orgId, "manager") }
}

export const send = (route: Handler, by: Person, terminalId: number | null, body: object, method = "POST") =>
  call(route, "/api/v1/terminals", {
    method,
    headers: { ...by.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
    params: terminalId === null ? {} : { id: String(terminalId) },
  })

export async function done(answer: Promise<Response>): Promise<unknown> {
  const response = await answer
  const body: unknown = await response.json()
  expect({ status: response.status, body }).toMatchObject({ status: 200 })
  return body
}

export const terminalOf = async (by: Person, id: number) =>
  (
    await call(getTerminal, "/api/v1/terminals/x", { headers: by.headers, params: { id: String(id) } })
  ).json() as Promise<Terminal>

export const auditEntries = (orgId: string) =>
  asWorker((db) =>
    db.query<{ action: string; subject_name: string; before: object | null; after: object | null }>(sql`
  select action, subject_name, before, after from audit_entry where org_id = ${orgId}::uuid order by id`),
  )
