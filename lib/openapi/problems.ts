import { z } from "zod"
import type { ErrorCode } from "@/lib/errors"
import { statusOf, titleOf } from "@/lib/http/problem"
import type { Json } from "@/lib/openapi/json"
import type { Operation } from "@/lib/openapi/operations"

/** What every error is answered with. */
export const Problem = z.looseObject({
  type: z.string().optional(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().optional(),
  requestId: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
})

const details: Record<ErrorCode, string> = {
  unauthenticated: "Send an API key as a bearer token, or sign in.",
  forbidden: "This key may not: it needs the scope write.",
  password_change_required: "Change the one-time password first.",
  not_found: "There is no such thing, or it is beyond your reach.",
  too_slow: "The body came too slowly.",
  conflict: "Something else has this name already, or still depends on it.",
  too_large: "The body is too large.",
  unsupported_media: "Content-Type: one of application/x-ndjson, application/json, text/csv.",
  invalid: "name: Too small: expected string to have >=1 characters",
  rate_limited: "Too many requests: try again in 12 s.",
  unavailable: "The database does not answer: try again in 5 s.",
}

const codes = Object.keys(statusOf) as ErrorCode[]

/** One answer for each kind of error. */
export const problemResponses = () =>
  Object.fromEntries(codes.map((code) => {
    const example = { type: `urn:tillwatch:problem:${code}`, title: titleOf[code], status: statusOf[code], detail: details[code], code, requestId: "01k9w2m3n4p5q6r7s8t9v0w1x2" }
    return [code, { description: titleOf[code], content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" }, example } } }]
  }))

/** With which errors a call can be answered, by what it asks for. */
export function problemsOf({ method, permission, schemas }: Operation, hasBody: boolean): Record<string, Json> {
  const isRaw = hasBody && schemas.body === undefined
  const possible: Partial<Record<ErrorCode, boolean>> = {
    unauthenticated: permission !== null,
    forbidden: permission !== null || method !== "GET",
    not_found: schemas.params !== undefined,
    too_slow: hasBody,
    conflict: method !== "GET",
    too_large: hasBody,
    unsupported_media: isRaw,
    invalid: hasBody || schemas.query !== undefined || schemas.params !== undefined,
    rate_limited: true,
    unavailable: true,
  }
  return Object.fromEntries(codes.filter((code) => possible[code]).map((code) => [String(statusOf[code]), { $ref: `#/components/responses/${code}` }]))
}
