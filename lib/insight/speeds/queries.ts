import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { SpeedQuery } from "@/lib/insight/speeds/schemas"

/** The nights count durations, so an answer stays the same for hours. */
export const speedsOptions = (query: SpeedQuery) =>
  queryOptions({
    queryKey: ["causes", "speeds", query],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/speeds",
        query,
        async () => (await import("@/lib/insight/speeds/schemas")).SpeedPage,
        signal,
      ),
    placeholderData: keepPreviousData,
  })
