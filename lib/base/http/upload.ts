import { Readable } from "node:stream"
import { createGunzip } from "node:zlib"
import { AppError } from "@/lib/base/errors"
import { inTime } from "@/lib/base/http/in-time"
import { inPieces } from "@/lib/base/http/pace"
import { metrics } from "@/lib/base/metrics"

/** A body to ingest. */
export type Upload = {
  /** Its parts as they arrive, or all of it. */
  body: AsyncIterable<Uint8Array> | Uint8Array
  contentType: string | null
  contentEncoding: string | null
  /** The body's length as sent, if known. */
  bytes?: number | undefined
  /** When it was received, if not now. Terminals' clocks are compared with it. */
  receivedAt?: Date
  /**
   * Only for the importer: allows rows older than raw retention, reports every error, and compares no
   * clock.
   */
  isImport?: boolean
  /**
   * Only for a replay from quarantine: when each record was first received, to compare its clock with.
   * Reports every error. A record that is refused again stays in quarantine as it is.
   */
  firstReceivedAt?: readonly Date[]
}

export type Format = "ndjson" | "json" | "csv"

const formats: Record<string, Format> = {
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/json": "json",
  "text/csv": "csv",
}

export const longestBody = 16 * 1024 * 1024

/** Parses a Content-Length header. */
export const lengthOf = (header: string | null | undefined): number | undefined =>
  header ? Number(header) : undefined

export function uploadOf(request: Request): Upload {
  return {
    body: inTime(request.body ?? Readable.from([])),
    contentType: request.headers.get("content-type"),
    contentEncoding: request.headers.get("content-encoding"),
    bytes: lengthOf(request.headers.get("content-length")),
  }
}

/** The upload of records that Tillwatch has itself, one a line. */
export const uploadOfLines = (lines: readonly string[]): Upload => ({
  body: Buffer.from(lines.join("\n")),
  contentType: "application/x-ndjson",
  contentEncoding: null,
})

export function formatOf({ contentType }: Upload): Format {
  const [type = "", ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim())
  const format = formats[type]
  if (!format)
    throw new AppError("unsupported_media", `Content-Type must be one of ${Object.keys(formats).join(", ")}.`)
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset))
    throw new AppError("unsupported_media", "charset: utf-8 alone.")
  return format
}

/** Bodies up to this length are read at once, because each step of a stream costs more than their records. */
export const shortBytes = 16 * 1024

async function* inOnePart(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}

export const partsOf = ({ body }: Upload): AsyncIterable<Uint8Array> =>
  body instanceof Uint8Array ? inOnePart(body) : body

/** Decompresses a body, up to 16 MiB. More is `too_large`. */
export async function* plainBytes(upload: Upload): AsyncGenerator<Uint8Array> {
  const { contentEncoding } = upload
  const parts = partsOf(upload)
  const encoding = (contentEncoding ?? "identity").trim().toLowerCase()
  if (encoding !== "identity" && encoding !== "gzip")
    throw new AppError("unsupported_media", "Content-Encoding must be gzip or absent.")
  let length = 0
  try {
    for await (const chunk of inPieces(encoding === "gzip" ? gunzip(parts) : parts)) {
      length += chunk.byteLength
      if (length > longestBody)
        throw new AppError("too_large", "The body is larger than 16 MiB when decompressed. Send it in parts.")
      yield chunk
    }
  } finally {
    metrics.bytes.inc(length)
  }
}

async function* gunzip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(body)
  const unzip = createGunzip()
  // pipe() does not pass errors on.
  source.on("error", (error) => unzip.destroy(error))
  try {
    for await (const chunk of source.pipe(unzip)) yield chunk as Uint8Array
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw new AppError("invalid", "The body is not complete gzip, although Content-Encoding says gzip.")
    }
    throw error
  } finally {
    source.destroy()
    unzip.destroy()
  }
}
