import { createHash } from "node:crypto"

/** Whether If-None-Match names the tag. W/ does not matter for reading. */
const isKnown = (ifNoneMatch: string | null, tag: string): boolean =>
  (ifNoneMatch ?? "").split(",").some((given) => given.trim().replace(/^W\//, "") === tag)

/** The time up to which the data are complete, if the answer names it. It moves while nothing changes. */
const asOfIn = (value: unknown): string | null =>
  typeof value === "object" && value !== null && "asOf" in value && typeof value.asOf === "string"
    ? value.asOf
    : null

function tagOf(value: unknown): string {
  const text = JSON.stringify(value, (key, part: unknown) => (key === "asOf" ? undefined : part))
  return `"${createHash("sha256").update(text).digest("base64url")}"`
}

/**
 * Answers a value as JSON, with an ETag if it was read. A client that sends the tag back as If-None-Match
 * gets 304 without a body while nothing has changed but `asOf`, which is in the header As-Of.
 */
export function jsonAnswer(request: Request, value: unknown): Response {
  const headers = new Headers({ "cache-control": "no-store" })
  if (request.method === "GET") {
    const [tag, asOf] = [tagOf(value), asOfIn(value)]
    headers.set("etag", `W/${tag}`)
    if (asOf !== null) headers.set("as-of", asOf)
    if (isKnown(request.headers.get("if-none-match"), tag))
      return new Response(null, { status: 304, headers })
  }
  return Response.json(value, { headers })
}
