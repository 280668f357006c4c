import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import { answerOf, getJson, withQuery } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"
import type {
  ImportDetail,
  ImportQuery,
  ReadAgain,
  ResultQuery,
  UploadQuery,
} from "@/lib/intake/imports/runs/schemas"

const schemas = () => import("@/lib/intake/imports/runs/schemas")
const address = "/api/v1/imports"

const underWayMs = 1_000

export const importListOptions = (query: Partial<ImportQuery>) =>
  queryOptions({
    queryKey: ["imports", "list", query],
    queryFn: ({ signal }) => getJson(address, query, async () => (await schemas()).ImportPage, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.data.some((run) => run.state === "queued" || run.state === "running") ? underWayMs : 10_000,
  })

export const importOptions = (id: string) =>
  queryOptions({
    queryKey: ["imports", "one", id],
    queryFn: ({ signal }) =>
      getJson(`${address}/${id}`, {}, async () => (await schemas()).ImportDetail, signal),
    refetchInterval: ({ state }) =>
      state.data?.state === "queued" || state.data?.state === "running" ? underWayMs : false,
  })

export const previewOptions = (id: string, profile: RecordProfile) =>
  queryOptions({
    queryKey: ["imports", "preview", id, profile],
    queryFn: () =>
      sendJson("POST", `${address}/${id}/preview`, { profile }, async () => (await schemas()).Preview),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Results of a dry run are replaced by those of the run. */
export const resultsOptions = (
  { id, state, checkedAt, rowsDone }: ImportDetail,
  query: Partial<ResultQuery>,
) =>
  queryOptions({
    queryKey: ["imports", "results", id, state, checkedAt, rowsDone, query],
    queryFn: ({ signal }) =>
      getJson(`${address}/${id}/results`, query, async () => (await schemas()).ResultPage, signal),
    placeholderData: keepPreviousData,
  })

const posted = (id: string, verb: "dry-run" | "start" | "cancel" | "resume", body: object | null) =>
  sendJson("POST", `${address}/${id}/${verb}`, body, async () => (await schemas()).ImportRun)

export const startRun = (id: string, profile: RecordProfile) => posted(id, "start", { profile })
export const dryRun = (id: string, profile: RecordProfile) => posted(id, "dry-run", { profile })
export const cancelRun = (id: string) => posted(id, "cancel", null)
export const resumeRun = (id: string) => posted(id, "resume", null)
export const readAgain = (id: string, reading: ReadAgain) =>
  sendJson("POST", `${address}/${id}/read`, reading, async () => (await schemas()).ImportDetail)
export const resultsAddress = (id: string): string => `${address}/${id}/results/csv`
export const rejectedAddress = (id: string): string => `${address}/${id}/rejected`

type Sending = {
  file: File
  query: Omit<UploadQuery, "fileName">
  signal: AbortSignal
  onProgress: (fraction: number) => void
}

/** Uploads a file. XMLHttpRequest, unlike fetch, reports how much of a body is sent. */
export const sendFile = ({ file, query, signal, onProgress }: Sending): Promise<ImportDetail> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open("POST", withQuery(address, { fileName: file.name, ...query }))
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : loaded / total),
    )
    request.addEventListener("load", () => {
      const answer = new Response(request.responseText, {
        status: request.status,
        headers: { "content-type": "application/json" },
      })
      answerOf(answer, async () => (await schemas()).ImportDetail).then(resolve, reject)
    })
    for (const event of ["error", "timeout", "abort"])
      request.addEventListener(event, () => reject(new Error(event)))
    signal.addEventListener("abort", () => request.abort(), { once: true })
    request.send(file)
  })
