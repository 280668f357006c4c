import { queryOptions } from "@tanstack/react-query"
import { answerOf, getJson } from "@/lib/http/get-json"
import type { MappingRequest } from "@/lib/sign-on/schemas"

const schemas = () => import("@/lib/sign-on/schemas")
const address = "/api/v1/group-mappings"

export const groupMappingsOptions = () =>
  queryOptions({
    queryKey: ["sign-on", "mappings"],
    queryFn: ({ signal }) => getJson(address, {}, async () => (await schemas()).GroupMappings, signal),
  })

export const saveMapping = async (mapping: MappingRequest) =>
  answerOf(await fetch(address, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(mapping) }), async () => (await schemas()).GroupMapping)

export const removeMapping = async (id: number) =>
  answerOf(await fetch(`${address}/${id}`, { method: "DELETE" }), async () => (await schemas()).MappingId)
