import { infiniteQueryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { MerchantChange, NewMerchant } from "@/lib/fleet/merchants/schemas"

const schemas = () => import("@/lib/fleet/merchants/schemas")
const address = "/api/v1/merchants"
const one = async () => (await schemas()).Merchant

export const merchantListOptions = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["merchants", "list", q],
    queryFn: ({ signal, pageParam }) =>
      getJson(address, { q, cursor: pageParam }, async () => (await schemas()).MerchantPage, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const createMerchant = (merchant: NewMerchant) => sendJson("POST", address, merchant, one)
export const changeMerchant = (id: number, change: MerchantChange) =>
  sendJson("PATCH", `${address}/${id}`, change, one)
export const deleteMerchant = (id: number) => sendJson("DELETE", `${address}/${id}`, null, one)
