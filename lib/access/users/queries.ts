import { keepPreviousData, queryOptions } from "@tanstack/react-query"
import type { Invitation, UserChange, UserQuery } from "@/lib/access/users/schemas"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"

const schemas = () => import("@/lib/access/users/schemas")
const address = "/api/v1/users"

export const userListOptions = (query: Partial<UserQuery>) =>
  queryOptions({
    queryKey: ["users", "list", query],
    queryFn: ({ signal }) => getJson(address, query, async () => (await schemas()).UserPage, signal),
    placeholderData: keepPreviousData,
  })

export const inviteUser = (invitation: Invitation) =>
  sendJson("POST", address, invitation, async () => (await schemas()).UserWithLink)

export const changeUser = (id: string, change: UserChange) =>
  sendJson("PATCH", `${address}/${id}`, change, async () => (await schemas()).User)

export const inviteAgain = (id: string) =>
  sendJson("POST", `${address}/${id}/invitation`, null, async () => (await schemas()).UserWithLink)

export const makeResetLink = (id: string) =>
  sendJson("POST", `${address}/${id}/reset`, null, async () => (await schemas()).UserWithLink)

export const endSessions = (id: string) =>
  sendJson("DELETE", `${address}/${id}/sessions`, null, async () => (await schemas()).EndedSessions)

export const removeSecondFactor = (id: string) =>
  sendJson("DELETE", `${address}/${id}/totp`, null, async () => (await schemas()).User)
