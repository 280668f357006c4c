import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"

export const rolloutOptions = (release: number) =>
  queryOptions({
    queryKey: ["rollout", release],
    queryFn: ({ signal }) =>
      getJson(
        `/api/v1/releases/${release}/rollout`,
        {},
        async () => (await import("@/lib/insight/rollouts/schemas")).Rollout,
        signal,
      ),
    staleTime: 60_000,
  })
