import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson, withQuery } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type {
  ClockQuery,
  GroupQuery,
  DiscardInput,
  QuarantineQuery,
  ReplayInput,
} from "@/lib/intake/quarantine/schemas"

const schemas = () => import("@/lib/intake/quarantine/schemas")
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
    queryFn: ({ signal }) =>
      getJson(`${address}/${id}`, {}, async () => (await schemas()).QuarantinedRecord, signal),
  })

/** Replays one record: as stored, or as the corrected text, which is sent unchanged. */
export const replayOne = (id: number, correction: string | null) =>
  sendJson(
    "POST",
    `${address}/${id}/replay`,
    correction === null ? null : `{"record":${correction}}`,
    async () => (await schemas()).ReplayedRecord,
  )

export const replayMany = (query: ReplayInput) =>
  sendJson("POST", withQuery(`${address}/replay`, query), null, async () => (await schemas()).Replayed)

export const terminalGroupsOptions = (query: Partial<GroupQuery>) =>
  queryOptions({
    queryKey: ["quarantine", "terminals", query],
    queryFn: ({ signal }) =>
      getJson(`${address}/terminals`, query, async () => (await schemas()).TerminalGroups, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })

export const correctClock = (query: Partial<ClockQuery>, aheadSeconds: number) =>
  sendJson(
    "POST",
    withQuery(`${address}/clock`, query),
    { aheadSeconds },
    async () => (await schemas()).Replayed,
  )

export const discardOrRestore = (verb: "discard" | "restore", query: DiscardInput) =>
  sendJson("POST", withQuery(`${address}/${verb}`, query), null, async () => (await schemas()).Moved)

export const enrol = (id: number, store: number | undefined) =>
  sendJson(
    "POST",
    `${address}/${id}/enrol`,
    store === undefined ? {} : { store },
    async () => (await schemas()).Enrolled,
  )
