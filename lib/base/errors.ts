export type ErrorCode =
  | "malformed"
  | "unauthenticated"
  | "forbidden"
  | "password_change_required"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "invalid"
  | "too_large"
  | "too_slow"
  | "unsupported_media"
  | "rate_limited"
  | "unavailable"

/** An error that the caller can act on. Every other error is a defect and is answered without details. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** Further members of the problem document, such as the wrong field. */
  readonly detail: Record<string, unknown>
  constructor(code: ErrorCode, message: string, detail: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.detail = detail
  }
}
