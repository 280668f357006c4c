import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"

const schemas = () => import("@/lib/outlook/replacements/schemas")
const key = "replacements"

export const forecastOptions = () =>
  queryOptions({
    queryKey: [key],
    queryFn: ({ signal }) =>
      getJson("/api/v1/replacements", {}, async () => (await schemas()).Forecast, signal),
    staleTime: 5 * 60_000,
  })

export const calendarOptions = () =>
  queryOptions({
    queryKey: [key, "calendar"],
    queryFn: ({ signal }) =>
      getJson("/api/v1/replacements/calendar", {}, async () => (await schemas()).Calendar, signal),
    staleTime: 5 * 60_000,
  })

type ReplacedRequest = { quarter: string; model?: string; cursor?: string; limit?: number }

export const replacedOptions = (query: ReplacedRequest) =>
  queryOptions({
    queryKey: [key, "terminals", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/replacements/terminals", query, async () => (await schemas()).ReplacedPage, signal),
    placeholderData: keepPreviousData,
    staleTime: 5 * 60_000,
  })
