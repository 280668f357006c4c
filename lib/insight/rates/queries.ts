import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { Grouping } from "@/lib/insight/rates/schemas"

const schemas = () => import("@/lib/insight/rates/schemas")

type Window = { hours: number; terminal?: number }

/** The window ends now. It is computed at each request, so that charts move on. */
const between = (hours: number) => ({
  from: new Date(Date.now() - hours * 3_600_000).toISOString(),
  to: new Date().toISOString(),
})

export const failureRatesOptions = ({ hours, groupBy, terminal }: Window & { groupBy: Grouping }) =>
  queryOptions({
    queryKey: ["causes", "failure-rates", groupBy, hours, terminal ?? null],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/failure-rates",
        { ...between(hours), groupBy, terminal },
        async () => (await schemas()).FailureRatePage,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })

export const failureSeriesOptions = ({ hours, bucket, terminal }: Window & { bucket: "hour" | "day" }) =>
  queryOptions({
    queryKey: ["causes", "series", bucket, hours, terminal ?? null],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/failure-rates/series",
        { ...between(hours), bucket, terminal },
        async () => (await schemas()).FailureSeries,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
