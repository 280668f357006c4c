import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { TrainingDraft, TrainingQuery } from "@/lib/insight/trainings/schemas"

const schemas = () => import("@/lib/insight/trainings/schemas")
export const trainingsKey = ["trainings"]

export const trainingsOptions = (query: Partial<TrainingQuery>) =>
  queryOptions({
    queryKey: [...trainingsKey, query],
    queryFn: ({ signal }) =>
      getJson("/api/v1/trainings", query, async () => (await schemas()).TrainingPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

export const recordTraining = (draft: TrainingDraft) =>
  sendJson("POST", "/api/v1/trainings", draft, async () => (await schemas()).Training)

export const removeTraining = (id: number) =>
  sendJson("DELETE", `/api/v1/trainings/${id}`, null, async () => (await schemas()).RemovedTraining)
