import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

export type Headers = Record<string, string>

export type Entry = { id: number } & Record<string, unknown>

export type Collection = { GET: Parameters<typeof call>[0]; POST: Parameters<typeof call>[0] }

export async function givenManager() {
  const org = await givenOrganisation()
  const { headers, email } = await givenPerson(org.orgId, "manager")
  return { ...org, headers, email }
}

export const json = async <Body>(response: Promise<Response>): Promise<Body> =>
  (await response).json() as Promise<Body>

export const post = (route: Collection, headers: Headers, draft: object) =>
  call(route.POST, "/api/v1/x", { headers, body: JSON.stringify(draft) })

export const listed = async (route: Collection, headers: Headers): Promise<Entry[]> =>
  (await json<{ data: Entry[] }>(call(route.GET, "/api/v1/x", { headers }))).data

export const addEntry = (route: Collection, headers: Headers, draft: object) =>
  json<Entry>(post(route, headers, draft))
