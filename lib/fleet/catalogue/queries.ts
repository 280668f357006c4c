import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"

/** Every entry counts or names others: a change of one makes all of them be asked for anew. */
export const catalogueKey = ["catalogue"] as const

const list = <Answer>(path: string, schema: () => Promise<z.ZodType<Answer>>) =>
  queryOptions({
    queryKey: [...catalogueKey, path],
    queryFn: ({ signal }) => getJson(`/api/v1/${path}`, {}, schema, signal),
    staleTime: 10_000,
  })

export const suppliersOptions = () =>
  list("suppliers", async () => (await import("@/lib/fleet/suppliers/schemas")).SupplierList)
export const modelsOptions = () =>
  list("models", async () => (await import("@/lib/fleet/models/schemas")).ModelList)
export const modelOptions = (id: number) =>
  list(`models/${id}`, async () => (await import("@/lib/fleet/models/schemas")).ModelPage)
export const approvalsOptions = () =>
  list("approvals", async () => (await import("@/lib/fleet/approvals/schemas")).ApprovalList)
export const proposalsOptions = () =>
  list("approvals/proposals", async () => (await import("@/lib/fleet/approvals/schemas")).ProposalList)
export const releasesOptions = () =>
  list("releases", async () => (await import("@/lib/fleet/releases/schemas")).ReleaseList)
export const policiesOptions = () =>
  list("release-policies", async () => (await import("@/lib/fleet/releases/schemas")).PolicyList)
export const acquirersOptions = () =>
  list("acquirers", async () => (await import("@/lib/fleet/acquirers/schemas")).AcquirerList)
export const codeSystemsOptions = () =>
  list("code-packs", async () => (await import("@/lib/insight/rates/schemas")).CodePackList)

export type Noun = "suppliers" | "models" | "approvals" | "releases" | "release-policies" | "acquirers"

const entryId = async () => (await import("@/lib/fleet/catalogue/fields")).EntryId.loose()

/** Adds an entry, or replaces what the entry of the id says. */
export const saveEntry = (noun: Noun, id: number | null, draft: object) =>
  sendJson(
    id === null ? "POST" : "PUT",
    id === null ? `/api/v1/${noun}` : `/api/v1/${noun}/${id}`,
    draft,
    entryId,
  )

export const removeEntry = (noun: Noun, id: number) =>
  sendJson("DELETE", `/api/v1/${noun}/${id}`, null, entryId)
