import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/http/get-json"
import { sendJson } from "@/lib/http/send-json"
import type { OrganisationChange } from "@/lib/organisation/schemas"

const schema = async () => (await import("@/lib/organisation/schemas")).Organisation
const address = "/api/v1/organisation"

export const organisationOptions = () =>
  queryOptions({ queryKey: ["organisation"], queryFn: ({ signal }) => getJson(address, {}, schema, signal) })

export const changeOrganisation = (change: OrganisationChange) => sendJson("PATCH", address, change, schema)
