import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { bucketOf, type RangeName } from "@/lib/base/time/range-names"
import type { FailureRateQuery } from "@/lib/insight/rates/schemas"

const schemas = () => import("@/lib/insight/rates/schemas")

type Window = { range: RangeName; terminal?: number }

export const failureRatesOptions = (query: FailureRateQuery) =>
  queryOptions({
    queryKey: ["causes", "failure-rates", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/failure-rates", query, async () => (await schemas()).FailureRatePage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })

export const failureSeriesOptions = ({ range, terminal }: Window) =>
  queryOptions({
    queryKey: ["causes", "series", range, terminal ?? null],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/failure-rates/series",
        { range, bucket: bucketOf(range), terminal },
        async () => (await schemas()).FailureSeries,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
