import { queryOptions } from "@tanstack/react-query"
import { getJson } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"

const schemas = () => import("@/lib/access/account/schemas")
const address = "/api/v1/account"

export const accountOptions = queryOptions({
  queryKey: ["account", "own"],
  queryFn: ({ signal }) => getJson(address, {}, async () => (await schemas()).Account, signal),
})

export const sessionListOptions = queryOptions({
  queryKey: ["account", "sessions"],
  queryFn: ({ signal }) =>
    getJson(`${address}/sessions`, {}, async () => (await schemas()).OwnSessions, signal),
  refetchInterval: 30_000,
})

export const rename = (name: string) =>
  sendJson("PATCH", address, { name }, async () => (await schemas()).Account)

export const changePassword = (change: { current: string; next: string }) =>
  sendJson("POST", "/api/v1/password", change, async () => (await schemas()).SessionsEnded)

export const endSession = (id: string) =>
  sendJson("DELETE", `${address}/sessions/${id}`, null, async () => (await schemas()).SessionsEnded)
export const endOtherSessions = () =>
  sendJson("DELETE", `${address}/sessions`, null, async () => (await schemas()).SessionsEnded)

const totp = `${address}/totp`
export const beginTotp = (password: string) =>
  sendJson("POST", totp, { password }, async () => (await schemas()).TotpSetUp)
export const confirmTotp = (code: string) =>
  sendJson("PUT", totp, { code }, async () => (await schemas()).RecoveryCodes)
export const disableTotp = (password: string) =>
  sendJson("DELETE", totp, { password }, async () => (await schemas()).Account)
export const renewRecoveryCodes = (password: string) =>
  sendJson("POST", `${address}/recovery-codes`, { password }, async () => (await schemas()).RecoveryCodes)
