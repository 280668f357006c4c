import { infiniteQueryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { NewRegion, RegionChange } from "@/lib/fleet/regions/schemas"

const schemas = () => import("@/lib/fleet/regions/schemas")
const address = "/api/v1/regions"
const one = async () => (await schemas()).Region

export const regionListOptions = (query: { merchant?: number; q?: string }) =>
  infiniteQueryOptions({
    queryKey: ["regions", "list", query],
    queryFn: ({ signal, pageParam }) =>
      getJson(address, { ...query, cursor: pageParam }, async () => (await schemas()).RegionPage, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const createRegion = (region: NewRegion) => sendJson("POST", address, region, one)
export const changeRegion = (id: number, change: RegionChange) =>
  sendJson("PATCH", `${address}/${id}`, change, one)
export const deleteRegion = (id: number) => sendJson("DELETE", `${address}/${id}`, null, one)
