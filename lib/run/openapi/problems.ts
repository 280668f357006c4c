import { z } from "zod"
import { permissionError, type Permission } from "@/lib/access/actor/permissions"
import type { Schemas } from "@/lib/access/routes/handler"
import { AppError, type ErrorCode } from "@/lib/base/errors"
import { parse } from "@/lib/base/http/parse"
import { statusOf, titleOf } from "@/lib/base/http/problem"
import type { Json } from "@/lib/run/openapi/json"
import type { Operation } from "@/lib/run/openapi/operations"

/** The body of every error. */
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
  malformed: "The path has malformed percent-encoding.",
  unauthenticated: "Send an API key as a bearer token, or sign in.",
  forbidden: "This key needs the scope write.",
  password_change_required: "Change the one-time password first.",
  not_found: "This does not exist, or you have no access to it.",
  method_not_allowed: "No route takes this method.",
  too_slow: "The body arrives too slowly.",
  conflict: "The name is already in use, or something still depends on this.",
  too_large: "The body is too large.",
  unsupported_media: "Content-Type must be one of application/x-ndjson, application/json, text/csv.",
  invalid: "name: Too small: expected string to have >=1 characters",
  rate_limited: "Too many requests. Try again in 12 s.",
  unavailable: "The database does not answer. Try again in 5 s.",
}

const codes = Object.keys(statusOf) as ErrorCode[]

const answerOf = (code: ErrorCode, { message, detail }: Pick<AppError, "message" | "detail">) => ({
  description: titleOf[code],
  content: {
    "application/problem+json": {
      schema: { $ref: "#/components/schemas/Problem" },
      example: {
        type: `urn:tillwatch:problem:${code}`,
        title: titleOf[code],
        status: statusOf[code],
        detail: message,
        code,
        requestId: "01k9w2m3n4p5q6r7s8t9v0w1x2",
        ...detail,
      } as Json,
    },
  },
})

/** One response for each error code. */
export const problemResponses = () =>
  Object.fromEntries(codes.map((code) => [code, answerOf(code, { message: details[code], detail: {} })]))

/** The error for a key without scopes; null for calls that need no permission. */
const forbiddenError = (permission: Permission | null) =>
  permission === null
    ? null
    : permissionError({ kind: "key", role: null, scopes: [], stores: null }, permission)

/** The call's own validation error for an empty body or an unknown field, if it has one. */
function validationError({ body, query, params }: Schemas): AppError | null {
  const unknown = { colour: "red" }
  const parameters =
    params instanceof z.ZodObject
      ? Object.fromEntries(Object.keys(params.shape).map((name) => [name, "?"]))
      : {}
  for (const [schema, value] of [
    [body, {}],
    [body, unknown],
    [query, unknown],
    [params, parameters],
  ] as const) {
    try {
      parse(schema, value)
    } catch (error) {
      if (error instanceof AppError) return error
      throw error
    }
  }
  return null
}

/** The errors that a call can answer, with its own examples where it has some. */
export function problemsOf(
  { method, permission, schemas }: Operation,
  hasBody: boolean,
): Record<string, Json> {
  const isRaw = hasBody && schemas.body === undefined
  const possible: Partial<Record<ErrorCode, boolean>> = {
    malformed: schemas.params !== undefined,
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
  const own: Partial<Record<ErrorCode, AppError | null>> = {
    forbidden: forbiddenError(permission),
    invalid: validationError(schemas),
  }
  return Object.fromEntries(
    codes
      .filter((code) => possible[code])
      .map((code) => {
        const error = own[code]
        return [
          String(statusOf[code]),
          error ? answerOf(code, error) : { $ref: `#/components/responses/${code}` },
        ]
      }),
  )
}
