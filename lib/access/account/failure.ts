import { RequestFailed } from "@/lib/base/http/get-json"
import { oneOf } from "@/lib/base/one-of"

/** Why a form on the account pages failed. Each has a message in both languages. */
export const failures = [
  "wrongCurrent",
  "same",
  "tooShort",
  "tooLong",
  "common",
  "personal",
  "mismatch",
  "codeWrong",
  "outdated",
  "linkOver",
  "email_taken",
  "limited",
  "unreachable",
] as const
export type Failure = (typeof failures)[number]

export function failureOf(error: unknown): Failure {
  if (!(error instanceof RequestFailed)) return "unreachable"
  if (error.status === 404) return "linkOver"
  if (error.reason === "email_taken") return "email_taken"
  if (error.status === 409) return "outdated"
  if (error.status === 429) return "limited"
  return oneOf(failures, error.reason) ?? "unreachable"
}
