import { queryOptions } from "@tanstack/react-query"
import type { MappingRequest } from "@/lib/access/sign-on/schemas"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"

const schemas = () => import("@/lib/access/sign-on/schemas")
const address = "/api/v1/group-mappings"

export const groupMappingsOptions = () =>
  queryOptions({
    queryKey: ["sign-on", "mappings"],
    queryFn: ({ signal }) => getJson(address, {}, async () => (await schemas()).GroupMappings, signal),
  })

export const saveMapping = (mapping: MappingRequest) =>
  sendJson("PUT", address, mapping, async () => (await schemas()).GroupMapping)

export const removeMapping = (id: number) =>
  sendJson("DELETE", `${address}/${id}`, null, async () => (await schemas()).MappingId)
