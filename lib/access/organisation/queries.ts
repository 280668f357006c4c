import { queryOptions } from "@tanstack/react-query"
import type { OrganisationChange } from "@/lib/access/organisation/schemas"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"

const schema = async () => (await import("@/lib/access/organisation/schemas")).Organisation
const address = "/api/v1/organisation"

export const organisationOptions = () =>
  queryOptions({ queryKey: ["organisation"], queryFn: ({ signal }) => getJson(address, {}, schema, signal) })

export const changeOrganisation = (change: OrganisationChange) => sendJson("PATCH", address, change, schema)
