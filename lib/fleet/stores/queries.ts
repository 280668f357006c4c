import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { NewStore, StoreChange } from "@/lib/fleet/stores/schemas"
import type { StoreLack } from "@/lib/fleet/stores/words"

const schemas = () => import("@/lib/fleet/stores/schemas")
const address = "/api/v1/stores"
const one = async () => (await schemas()).Store

export const storeListOptions = (query: {
  q?: string
  merchant?: number | "none"
  region?: number | "none"
  lacks?: StoreLack
}) =>
  infiniteQueryOptions({
    queryKey: ["stores", "list", query],
    queryFn: ({ signal, pageParam }) =>
      getJson(address, { ...query, cursor: pageParam }, async () => (await schemas()).StorePage, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const storeOptions = (storeId: number) =>
  queryOptions({
    queryKey: ["stores", storeId],
    queryFn: ({ signal }) => getJson(`${address}/${storeId}`, {}, one, signal),
    refetchInterval: 30_000,
  })

export const createStore = (store: NewStore) => sendJson("POST", address, store, one)
export const changeStore = (id: number, change: StoreChange) =>
  sendJson("PATCH", `${address}/${id}`, change, one)
export const deleteStore = (id: number) => sendJson("DELETE", `${address}/${id}`, null, one)
