import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"

const schemas = () => import("@/lib/intake/imports/mapping/schemas")
const address = "/api/v1/import-profiles"

export const profileListOptions = queryOptions({
  queryKey: ["imports", "profiles"],
  queryFn: ({ signal }) => getJson(address, {}, async () => (await schemas()).ImportProfiles, signal),
})

export const saveProfile = (profile: RecordProfile) =>
  sendJson("PUT", address, { profile }, async () => (await schemas()).ImportProfile)
