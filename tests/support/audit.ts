import { GET as getTrail } from "@/app/api/v1/audit/route"
import type { AuditPage } from "@/lib/access/audit/schemas"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

export type Headers = Record<string, string>

export async function givenAdmin() {
  const org = await givenOrganisation({ enrolUnknown: false })
  return { ...org, admin: await givenPerson(org.orgId, "admin") }
}

export const auditPage = async (headers: Headers, query = ""): Promise<AuditPage> =>
  (await call(getTrail, `/api/v1/audit${query}`, { headers })).json() as Promise<AuditPage>

export const auditedActions = async (headers: Headers) =>
  (await auditPage(headers)).data.map(({ action, subject }) => [action, subject.name])
