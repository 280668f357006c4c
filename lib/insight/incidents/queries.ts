import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { PlanDraft } from "@/lib/insight/incidents/plan-schemas"
import type { IncidentQuery } from "@/lib/insight/incidents/schemas"
import type { IncidentClass } from "@/lib/insight/incidents/words"

const schemas = () => import("@/lib/insight/incidents/schemas")

export const incidentListOptions = (query: Partial<IncidentQuery>) =>
  queryOptions({
    queryKey: ["incidents", query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/incidents", query, async () => (await schemas()).IncidentPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

export const incidentOptions = (id: number) =>
  queryOptions({
    queryKey: ["incidents", id],
    queryFn: ({ signal }) =>
      getJson(`/api/v1/incidents/${id}`, {}, async () => (await schemas()).IncidentDetail, signal),
    refetchInterval: 30_000,
  })

export const planListOptions = () =>
  queryOptions({
    queryKey: ["incidents", "plans"],
    queryFn: ({ signal }) =>
      getJson(
        "/api/v1/contingency-plans",
        {},
        async () => (await import("@/lib/insight/incidents/plan-schemas")).PlanList,
        signal,
      ),
    staleTime: 30_000,
  })

/** Saves a new version of a contingency plan. */
export const savePlan = (cls: IncidentClass, draft: PlanDraft) =>
  sendJson(
    "PUT",
    `/api/v1/contingency-plans/${cls}`,
    draft,
    async () => (await import("@/lib/insight/incidents/plan-schemas")).Plan,
  )
