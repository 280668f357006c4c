import { sendJson } from "@/lib/base/http/send-json"

const schemas = () => import("@/lib/access/account-links/schemas")

export const setPassword = (token: string, password: string) =>
  sendJson("POST", `/api/v1/account-links/${token}`, { password }, async () => (await schemas()).PasswordSet)

export const requestReset = (email: string) =>
  sendJson("POST", "/api/v1/forgot", { email }, async () => (await schemas()).ResetRequested)
