import { expect } from "vitest"
import { POST as postKey } from "@/app/api/v1/keys/route"
import type { MadeKey } from "@/lib/access/keys/schemas"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

export async function givenAdmin() {
  const org = await givenOrganisation()
  return { ...org, admin: await givenPerson(org.orgId, "admin") }
}

export type Headers = Record<string, string>

export const createKey = (headers: Headers, key: object) =>
  call(postKey, "/api/v1/keys", {
    headers,
    body: JSON.stringify({ label: "gateway", scopes: ["read"], ...key }),
  })

export const createdKey = async (headers: Headers, key: object = {}): Promise<MadeKey> => {
  const response = await createKey(headers, key)
  expect(response.status).toBe(200)
  return (await response.json()) as MadeKey
}
