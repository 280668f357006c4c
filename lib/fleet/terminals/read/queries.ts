import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { TerminalQuery } from "@/lib/fleet/terminals/schemas"

const schemas = () => import("@/lib/fleet/terminals/schemas")

export const terminalListOptions = (query: Partial<TerminalQuery>) =>
  queryOptions({
    queryKey: ["terminals", "list", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/terminals", query, async () => (await schemas()).TerminalPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })

export const terminalFacetsOptions = () =>
  queryOptions({
    queryKey: ["terminals", "facets"],
    queryFn: ({ signal }) =>
      getJson("/api/v1/terminals/facets", {}, async () => (await schemas()).TerminalFacets, signal),
    staleTime: 60_000,
  })

export const terminalOptions = (terminalId: number) =>
  queryOptions({
    queryKey: ["terminals", terminalId],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/terminals/${terminalId}`, {}, async () => (await schemas()).Terminal, signal),
    refetchInterval: 5_000,
  })

export const trendOptions = (terminalId: number, days: number) =>
  queryOptions({
    queryKey: ["terminals", terminalId, "trend", days],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/terminals/${terminalId}/trend`, { days }, async () => (await schemas()).Trend, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

export const recordsOptions = (terminalId: number) =>
  queryOptions({
    queryKey: ["terminals", terminalId, "records"],
    queryFn: ({ signal }) =>
      getJson(
        `/api/v1/terminals/${terminalId}/records`,
        {},
        async () => (await import("@/lib/fleet/terminals/record-schemas")).RecentRecords,
        signal,
      ),
    refetchInterval: 5_000,
  })
