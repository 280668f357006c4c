import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { WindowDraft, WindowQuery } from "@/lib/fleet/maintenance/schemas"

const schemas = () => import("@/lib/fleet/maintenance/schemas")
const path = "/api/v1/maintenance-windows"
export const windowsKey = ["maintenance-windows"]

export const windowListOptions = (query: Partial<WindowQuery>) =>
  queryOptions({
    queryKey: [...windowsKey, query],
    queryFn: ({ signal }) => getJson(path, query, async () => (await schemas()).WindowPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

/** Adds a window, or changes the one with this id. */
export const saveWindow = (id: number | null, draft: WindowDraft) =>
  id === null
    ? sendJson("POST", path, draft, async () => (await schemas()).Window)
    : sendJson("PUT", `${path}/${id}`, draft, async () => (await schemas()).Window)

export const endWindow = (id: number) =>
  sendJson("DELETE", `${path}/${id}`, null, async () => (await schemas()).Window)
