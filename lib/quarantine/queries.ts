import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson, withQuery } from "@/lib/http/get-json"
import { postJson } from "@/lib/http/post-json"
import type { ClockQuery, GroupQuery, PutAsideQuery, QuarantineQuery, ReplayQuery } from "@/lib/quarantine/schemas"

const schemas = () => import("@/lib/quarantine/schemas")
const address = "/api/v1/quarantine"

export const quarantineListOptions = (query: Partial<QuarantineQuery>) =>
  queryOptions({
    queryKey: ["quarantine", "list", query],
    queryFn: ({ signal }) => getJson(address, query, async () => (await schemas()).QuarantinePage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })

export const quarantinedOptions = (id: number) =>
  queryOptions({
    queryKey: ["quarantine", id],
    queryFn: ({ signal }) => getJson(`${address}/${id}`, {}, async () => (await schemas()).QuarantinedRecord, signal),
  })

/** Replays one record: as it is kept, or as the corrected text, which is sent as it was written. */
export const replayOne = (id: number, correction: string | null) =>
  postJson(`${address}/${id}/replay`, correction === null ? "" : `{"record":${correction}}`, async () => (await schemas()).ReplayedRecord)

export const replayMany = (query: ReplayQuery) => postJson(withQuery(`${address}/replay`, query), "", async () => (await schemas()).Replayed)

export const terminalGroupsOptions = (query: Partial<GroupQuery>) =>
  queryOptions({
    queryKey: ["quarantine", "terminals", query],
    queryFn: ({ signal }) => getJson(`${address}/terminals`, query, async () => (await schemas()).TerminalGroups, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })

export const correctClock = (query: Partial<ClockQuery>, aheadSeconds: number) =>
  postJson(withQuery(`${address}/clock`, query), JSON.stringify({ aheadSeconds }), async () => (await schemas()).Replayed)

export const putAside = (verb: "discard" | "restore", query: PutAsideQuery) =>
  postJson(withQuery(`${address}/${verb}`, query), "", async () => (await schemas()).PutAside)

export const enrol = (id: number, store: number | undefined) =>
  postJson(`${address}/${id}/enrol`, JSON.stringify(store === undefined ? {} : { store }), async () => (await schemas()).Enrolled)
