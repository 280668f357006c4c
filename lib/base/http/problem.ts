import { AppError, type ErrorCode } from "@/lib/base/errors"

export const statusOf: Record<ErrorCode, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  password_change_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  too_slow: 408,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  invalid: 422,
  rate_limited: 429,
  unavailable: 503,
}

export const titleOf: Record<ErrorCode, string> = {
  malformed: "Malformed request",
  unauthenticated: "Sign in or send a key",
  forbidden: "Not allowed",
  password_change_required: "Change your password first",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  too_slow: "Too slow",
  conflict: "Conflict",
  too_large: "Too large",
  unsupported_media: "Unsupported content type",
  invalid: "Invalid request",
  rate_limited: "Too many requests",
  unavailable: "Temporarily unavailable",
}

/** The methods that routes accept. */
export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

/** Used if the error does not say when to try again. */
export const usualRetryAfterSeconds = 5

/**
 * Answers an error as problem details (RFC 9457), with the request's id in the log. Unknown errors reveal
 * nothing else.
 */
export function problem(error: unknown, requestId: string): Response {
  if (!(error instanceof AppError)) {
    return answer(500, {
      title: "Internal error",
      status: 500,
      detail: "The error has been logged.",
      requestId,
    })
  }
  const status = statusOf[error.code]
  const headers: Record<string, string> = {}
  if (error.code === "unauthenticated") headers["www-authenticate"] = 'Bearer realm="tillwatch"'
  if (error.code === "method_not_allowed") headers["allow"] = methods.join(", ")
  if (error.code === "rate_limited" || error.code === "unavailable")
    headers["retry-after"] = String(error.detail["retryAfterSeconds"] ?? usualRetryAfterSeconds)
  // Do not wait for the rest of the body.
  if (error.code === "too_slow") headers["connection"] = "close"
  return answer(
    status,
    {
      type: `urn:tillwatch:problem:${error.code}`,
      title: titleOf[error.code],
      status,
      detail: error.message,
      code: error.code,
      requestId,
      ...error.detail,
    },
    headers,
  )
}

const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  })
