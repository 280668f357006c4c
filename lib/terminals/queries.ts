import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/http/get-json"
import { RecentRecords, Terminal, TerminalFacets, TerminalPage, Trend, type TerminalQuery } from "@/lib/terminals/schemas"

export const terminalListOptions = (query: Partial<TerminalQuery>) =>
  queryOptions({
    queryKey: ["terminals", "list", query],
    queryFn: ({ signal }) => getJson("/api/v1/terminals", query, TerminalPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })

export const terminalFacetsOptions = () =>
  queryOptions({
    queryKey: ["terminals", "facets"],
    queryFn: ({ signal }) => getJson("/api/v1/terminals/facets", {}, TerminalFacets, signal),
    staleTime: 60_000,
  })

export const terminalOptions = (terminalId: number) =>
  queryOptions({
    queryKey: ["terminals", terminalId],
    queryFn: ({ signal }) => getJson(`/api/v1/terminals/${terminalId}`, {}, Terminal, signal),
    refetchInterval: 5_000,
  })

export const trendOptions = (terminalId: number, days: number) =>
  queryOptions({
    queryKey: ["terminals", terminalId, "trend", days],
    queryFn: ({ signal }) => getJson(`/api/v1/terminals/${terminalId}/trend`, { days }, Trend, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

export const recordsOptions = (terminalId: number) =>
  queryOptions({
    queryKey: ["terminals", terminalId, "records"],
    queryFn: ({ signal }) => getJson(`/api/v1/terminals/${terminalId}/records`, {}, RecentRecords, signal),
    refetchInterval: 5_000,
  })
