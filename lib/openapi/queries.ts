import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/http/get-json"

export const documentAddress = "/api/v1/openapi.json"

export const documentOptions = () =>
  queryOptions({
    queryKey: ["openapi"],
    queryFn: ({ signal }) => getJson(documentAddress, {}, async () => (await import("@/lib/openapi/schemas")).ApiDocument, signal),
    staleTime: Infinity,
  })
