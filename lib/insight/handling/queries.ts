import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { Handling } from "@/lib/insight/handling/schemas"

const schemas = () => import("@/lib/insight/handling/schemas")

export const flagOptions = (id: number) =>
  queryOptions({
    queryKey: ["flags", id],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/flags/${id}`, {}, async () => (await schemas()).FlagDetail, signal),
  })

export const ruleRecordOptions = () =>
  queryOptions({
    queryKey: ["flags", "rules"],
    queryFn: ({ signal }) => getJson("/api/v1/rules", {}, async () => (await schemas()).RuleRecords, signal),
    staleTime: 30_000,
  })

export const handleFlags = (handling: Handling) =>
  sendJson("POST", "/api/v1/flags/handling", handling, async () => (await schemas()).HandlingAnswer)
