import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { NightlyRule } from "@/lib/insight/flags/words"

const schemas = () => import("@/lib/insight/sensitivity/schemas")

export const rehearsalOptions = () =>
  queryOptions({
    queryKey: ["flags", "rehearsals"],
    queryFn: ({ signal }) =>
      getJson("/api/v1/rehearsals", {}, async () => (await schemas()).Rehearsals, signal),
    staleTime: 30_000,
  })

export const loosenRule = (rule: NightlyRule) =>
  sendJson("DELETE", `/api/v1/rules/${rule}/tightening`, null, async () => (await schemas()).LoosenedRule)
