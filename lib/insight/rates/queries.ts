import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { bucketOf } from "@/lib/base/time/range-names"
import type { FailureMatrixQuery, FailureRateQuery, FailureSeriesQuery } from "@/lib/insight/rates/schemas"

const schemas = () => import("@/lib/insight/rates/schemas")

export const failureRatesOptions = (query: FailureRateQuery) =>
  queryOptions({
    queryKey: ["causes", "failure-rates", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/failure-rates", query, async () => (await schemas()).FailureRatePage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })

export type SeriesQuery = Omit<FailureSeriesQuery, "bucket">

/** By hour for times, by day for dates. */
export const withBuckets = (query: SeriesQuery): FailureSeriesQuery => {
  const { range, from } = query
  const ofTimes = from?.includes("T") === true ? "hour" : "day"
  return { ...query, bucket: range === undefined ? ofTimes : bucketOf(range) }
}

export const failureSeriesOptions = (query: SeriesQuery) =>
  queryOptions({
    queryKey: ["causes", "series", query],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/failure-rates/series",
        withBuckets(query),
        async () => (await schemas()).FailureSeries,
        signal,
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })

export const failureMatrixOptions = (query: FailureMatrixQuery) =>
  queryOptions({
    queryKey: ["causes", "matrix", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/failure-rates/matrix", query, async () => (await schemas()).FailureMatrix, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
