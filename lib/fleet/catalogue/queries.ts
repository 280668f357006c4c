import { queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"

/** One key for the whole catalogue: entries count and name each other, so a change of one refetches all. */
export const catalogueKey = ["catalogue"] as const

/** A list of the catalogue, or one entry with its details. */
export const catalogueOptions = <Answer>(path: string, schema: () => Promise<z.ZodType<Answer>>) =>
  queryOptions({
    queryKey: [...catalogueKey, path],
    queryFn: ({ signal }) => getJson(`/api/v1/${path}`, {}, schema, signal),
    staleTime: 10_000,
  })

export type Noun = "suppliers" | "models" | "approvals" | "releases" | "release-policies" | "acquirers"

const entryId = async () => (await import("@/lib/fleet/catalogue/fields")).EntryId.loose()

/** Adds an entry, or replaces the entry with this id. */
export const saveEntry = (noun: Noun, id: number | null, draft: object) =>
  sendJson(
    id === null ? "POST" : "PUT",
    id === null ? `/api/v1/${noun}` : `/api/v1/${noun}/${id}`,
    draft,
    entryId,
  )
export const removeEntry = (noun: Noun, id: number) =>
  sendJson("DELETE", `/api/v1/${noun}/${id}`, null, entryId)
