import { createHash } from "node:crypto"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"

/** Below this, a compressed answer is hardly smaller. */
const shortestCompressed = 1_024
/** Much smaller than with gzip, in the same time. Higher levels are for files that are compressed once. */
const brotliLevel = 4

const encoders = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: brotliLevel } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
}
type Encoding = keyof typeof encoders

/** The better of the encodings that the client takes; null if it takes none. */
export function encodingFor(acceptEncoding: string | null): Encoding | null {
  const taken = new Map(
    (acceptEncoding ?? "").split(",").map((part) => {
      const [name = "", ...parameters] = part.toLowerCase().split(";")
      return [name.trim(), !parameters.some((text) => /^\s*q=0(\.0*)?\s*$/.test(text))]
    }),
  )
  return (["br", "gzip"] as const).find((name) => taken.get(name) ?? false) ?? null
}

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
 * Answers a value as JSON: compressed if the client takes it, and with an ETag if it was read. A client that
 * sends the tag back as If-None-Match gets 304 without a body while nothing has changed but `asOf`, which is
 * in the header As-Of.
 */
export async function jsonAnswer(request: Request, value: unknown): Promise<Response> {
  const headers = new Headers({ "cache-control": "no-store", vary: "accept-encoding" })
  if (request.method === "GET") {
    const [tag, asOf] = [tagOf(value), asOfIn(value)]
    headers.set("etag", `W/${tag}`)
    if (asOf !== null) headers.set("as-of", asOf)
    if (isKnown(request.headers.get("if-none-match"), tag))
      return new Response(null, { status: 304, headers })
  }
  const bytes = Buffer.from(JSON.stringify(value))
  headers.set("content-type", "application/json")
  const encoding =
    bytes.length < shortestCompressed ? null : encodingFor(request.headers.get("accept-encoding"))
  if (encoding === null) return new Response(bytes, { headers })
  headers.set("content-encoding", encoding)
  return new Response(new Uint8Array(await encoders[encoding](bytes)), { headers })
}
