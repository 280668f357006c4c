import type { z } from "zod"

/**
 * A failed request of the browser. `detail` is the problem document's text, `reason` its code if it has
 * one, `fields` the wrong fields.
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

/** The wrong fields of a problem document, each by its first part: openingHours for openingHours.mon.0. */
function fieldsOf(problem: object): string[] {
  const errors: unknown[] = "errors" in problem && Array.isArray(problem.errors) ? problem.errors : []
  return [problem, ...errors].flatMap((one) =>
    typeof one === "object" && one !== null && "field" in one && typeof one.field === "string"
      ? [one.field.split(".")[0] ?? ""]
      : [],
  )
}

type Query = Record<string, string | number | null | undefined>

/** `path` with the parameters that have a value. */
export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  )
  return given.length > 0
    ? `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
    : path
}

/**
 * Reads from our own API and checks the answer against its schema, which is loaded only when needed.
 * Parameters without a value are left out.
 */
export async function getJson<Answer>(
  path: string,
  query: Query,
  schema: () => Promise<z.ZodType<Answer>>,
  signal: AbortSignal,
): Promise<Answer> {
  const url = withQuery(path, query)
  const before = known.get(url)
  const headers: Record<string, string> = before ? { "if-none-match": before.tag } : {}
  const response = await fetch(url, { signal, headers })
  if (before && response.status === 304)
    return unchanged(before.answer, response.headers.get("as-of")) as Answer
  const answer = await answerOf(response, schema)
  remember(url, response.headers.get("etag"), answer)
  return answer
}

/** Answers with their tags, so that what is asked again every few seconds is sent only when it changed. */
const known = new Map<string, { tag: string; answer: unknown }>()
const mostKnown = 60

/** The remembered answer with its new age. */
const unchanged = (answer: unknown, asOf: string | null): unknown =>
  asOf === null || typeof answer !== "object" ? answer : { ...answer, asOf }

function remember(url: string, tag: string | null, answer: unknown): void {
  known.delete(url)
  if (tag !== null) known.set(url, { tag, answer })
  const [oldest] = known.keys()
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest)
}

const here = () => window.location.pathname + window.location.search + window.location.hash

/** The checked body of a response. Throws `RequestFailed`. */
export async function answerOf<Answer>(
  response: Response,
  schema: () => Promise<z.ZodType<Answer>>,
): Promise<Answer> {
  if (response.status === 401) window.location.assign(`/sign-in?callback=${encodeURIComponent(here())}`)
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
