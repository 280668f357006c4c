import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { z } from "zod"
import { answerOf, getJson } from "@/lib/http/get-json"
import type { Invitation, UserChange, UserQuery } from "@/lib/users/schemas"

const schemas = () => import("@/lib/users/schemas")
const address = "/api/v1/users"

export const userListOptions = (query: Partial<UserQuery>) =>
  queryOptions({
    queryKey: ["users", "list", query],
    queryFn: ({ signal }) => getJson(address, query, async () => (await schemas()).UserPage, signal),
    placeholderData: keepPreviousData,
  })

const send = async <Answer>(method: "POST" | "PATCH" | "DELETE", path: string, body: object | null, schema: () => Promise<z.ZodType<Answer>>) =>
  answerOf(await fetch(path, { method, headers: { "content-type": "application/json" }, ...(body ? { body: JSON.stringify(body) } : {}) }), schema)

export const inviteUser = (invitation: Invitation) => send("POST", address, invitation, async () => (await schemas()).UserWithLink)

export const changeUser = (id: string, change: UserChange) => send("PATCH", `${address}/${id}`, change, async () => (await schemas()).User)

export const inviteAgain = (id: string) => send("POST", `${address}/${id}/invitation`, null, async () => (await schemas()).UserWithLink)

export const makeResetLink = (id: string) => send("POST", `${address}/${id}/reset`, null, async () => (await schemas()).UserWithLink)

export const endSessions = (id: string) => send("DELETE", `${address}/${id}/sessions`, null, async () => (await schemas()).EndedSessions)

export const removeSecondFactor = (id: string) => send("DELETE", `${address}/${id}/totp`, null, async () => (await schemas()).User)
