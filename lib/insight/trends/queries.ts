import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"

export const wearOptions = (terminalId: number) =>
  queryOptions({
    queryKey: ["terminals", terminalId, "wear"],
    queryFn: ({ signal }) =>
      getJson(
        `/api/v1/terminals/${terminalId}/wear`,
        {},
        async () => (await import("@/lib/insight/trends/schemas")).Wear,
        signal,
      ),
    staleTime: 5 * 60_000,
  })
