import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/http/get-json"
import { postJson } from "@/lib/http/post-json"

const schemas = () => import("@/lib/account/schemas")
const address = "/api/v1/account"

export const accountOptions = queryOptions({
  queryKey: ["account", "own"],
  queryFn: ({ signal }) => getJson(address, {}, async () => (await schemas()).Account, signal),
})

export const sessionListOptions = queryOptions({
  queryKey: ["account", "sessions"],
  queryFn: ({ signal }) => getJson(`${address}/sessions`, {}, async () => (await schemas()).OwnSessions, signal),
  refetchInterval: 30_000,
})

export const rename = (name: string) => postJson(address, JSON.stringify({ name }), async () => (await schemas()).Account, "PATCH")

export const changePassword = (change: { current: string; next: string }) =>
  postJson("/api/v1/password", JSON.stringify(change), async () => (await schemas()).SessionsEnded)

export const endSession = (id: string) => postJson(`${address}/sessions/${id}`, "", async () => (await schemas()).SessionsEnded, "DELETE")
export const endOtherSessions = () => postJson(`${address}/sessions`, "", async () => (await schemas()).SessionsEnded, "DELETE")

const totp = `${address}/totp`
export const beginTotp = (password: string) => postJson(totp, JSON.stringify({ password }), async () => (await schemas()).TotpSetUp)
export const confirmTotp = (code: string) => postJson(totp, JSON.stringify({ code }), async () => (await schemas()).RecoveryCodes, "PUT")
export const disableTotp = (password: string) => postJson(totp, JSON.stringify({ password }), async () => (await schemas()).Account, "DELETE")
export const renewRecoveryCodes = (password: string) =>
  postJson(`${address}/recovery-codes`, JSON.stringify({ password }), async () => (await schemas()).RecoveryCodes)
