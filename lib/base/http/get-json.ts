import type { z } from "zod"

/**
 * Why a request of the browser failed; `detail` is the problem document's sentence, `reason` its word where
 * it has one,
 * `fields` the fields that are at fault.
 */
export class RequestFailed extends Error {
  readonly status: number
  readonly reason: string | null
  readonly fields: readonly string[]
  constructor(status: number, detail: string, reason: string | null = null, fields: readonly string[] = []) {
    super(detail)
    this.status = status
    this.reason = reason
    this.fields = fields
  }
}

/**
 * The fields that a problem document names, each by its first part: of openingHours.mon.0 it is openingHours.
 */
function fieldsOf(problem: object): string[] {
  const errors: unknown[] = "errors" in problem && Array.isArray(problem.errors) ? problem.errors : []
  return [problem, ...errors].flatMap((one) =>
    typeof one === "object" && one !== null && "field" in one && typeof one.field === "string"
      ? [one.field.split(".")[0] ?? ""]
      : [],
  )
}

type Query = Record<string, string | number | null | undefined>

/** `path` with the parameters that are given. */
export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  )
  return given.length > 0
    ? `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
    : path
}

/**
 * Asks our own API and checks the answer against its schema, which is loaded with the first answer rather
 * than with the page. Absent parameters are left out.
 */
export async function getJson<Answer>(
  path: string,
  query: Query,
  schema: () => Promise<z.ZodType<Answer>>,
  signal: AbortSignal,
): Promise<Answer> {
  return answerOf(await fetch(withQuery(path, query), { signal }), schema)
}

/** A response's checked body; what went wrong is thrown. */
export async function answerOf<Answer>(
  response: Response,
  schema: () => Promise<z.ZodType<Answer>>,
): Promise<Answer> {
  if (response.status === 401)
    window.location.assign(`/sign-in?callback=${encodeURIComponent(window.location.pathname)}`)
  const body: unknown = await response.json()
  if (!response.ok) {
    const problem: object = typeof body === "object" && body !== null ? body : {}
    const detail = "detail" in problem ? String(problem.detail) : response.statusText
    throw new RequestFailed(
      response.status,
      detail,
      "reason" in problem ? String(problem.reason) : null,
      fieldsOf(problem),
    )
  }
  return (await schema()).parse(body)
}
