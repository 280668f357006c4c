import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"

const schema = async () => (await import("@/lib/outlook/data-quality/schemas")).DataQuality

export const dataQualityOptions = () =>
  queryOptions({
    queryKey: ["data-quality"],
    queryFn: ({ signal }) => getJson("/api/v1/data-quality", {}, schema, signal),
    refetchInterval: 60_000,
  })
