import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"

/** They change by night. */
export const verdictRatiosOptions = () =>
  queryOptions({
    queryKey: ["causes", "verdict-ratios"],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/verdict-ratios",
        {},
        async () => (await import("@/lib/insight/verdicts/ratio-schemas")).VerdictRatios,
        signal,
      ),
  })
