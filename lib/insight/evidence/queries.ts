import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import type { NightlyRule } from "@/lib/insight/flags/words"

export const evidenceOptions = (terminalId: number, rule: NightlyRule) =>
  queryOptions({
    queryKey: ["terminals", terminalId, "evidence", rule],
    queryFn: ({ signal }) =>
      getJson(
        `/api/v1/terminals/${terminalId}/evidence`,
        { rule },
        async () => (await import("@/lib/insight/evidence/schemas")).Evidence,
        signal,
      ),
    staleTime: 5 * 60_000,
  })
