import { queryOptions } from "@tanstack/react-query"
import type { KeyChange, NewKey, Rotation } from "@/lib/access/keys/schemas"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"

const schemas = () => import("@/lib/access/keys/schemas")
const address = "/api/v1/keys"

export const keysOptions = () =>
  queryOptions({
    queryKey: ["keys", "list"],
    queryFn: ({ signal }) => getJson(address, {}, async () => (await schemas()).ApiKeys, signal),
    refetchInterval: 60_000,
  })

export const createKey = (key: NewKey) =>
  sendJson("POST", address, key, async () => (await schemas()).MadeKey)
export const changeKey = (id: string, change: KeyChange) =>
  sendJson("PATCH", `${address}/${id}`, change, async () => (await schemas()).ApiKey)
export const revokeKey = (id: string) =>
  sendJson("DELETE", `${address}/${id}`, null, async () => (await schemas()).ApiKey)
export const rotateKey = (id: string, rotation: Rotation) =>
  sendJson("POST", `${address}/${id}/rotation`, rotation, async () => (await schemas()).MadeKey)
