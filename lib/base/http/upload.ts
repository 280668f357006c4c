import { Readable } from "node:stream"
import { createGunzip } from "node:zlib"
import { AppError } from "@/lib/base/errors"
import { inTime } from "@/lib/base/http/in-time"
import { inPieces } from "@/lib/base/http/pace"
import { metrics } from "@/lib/base/metrics"

/** A body as it comes off the wire. */
export type Upload = {
  body: AsyncIterable<Uint8Array>
  contentType: string | null
  contentEncoding: string | null
  /** How long the body is as sent, where that is known beforehand. */
  bytes?: number | undefined
  /** When it came in, where that is not now: the measure of the terminals' clocks. */
  receivedAt?: Date
  /**
   * Only the importer may bring rows older than raw retention; it is told every error, and its files come
   * from no terminal's clock.
   */
  isImport?: boolean
  /**
   * Only a replay from the quarantine: when each record came in first, the measure of its clock. It is told
   * every error, and what is refused again stays where it is kept.
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

const longestBody = 16 * 1024 * 1024

/** A Content-Length as a number. */
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

export function formatOf({ contentType }: Upload): Format {
  const [type = "", ...parameters] = (contentType ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim())
  const format = formats[type]
  if (!format)
    throw new AppError("unsupported_media", `Content-Type: one of ${Object.keys(formats).join(", ")}.`)
  const charset = parameters.find((parameter) => parameter.startsWith("charset="))
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset))
    throw new AppError("unsupported_media", "charset: utf-8 alone.")
  return format
}

/** The body decompressed, at most 16 MiB of it; more is `too_large`. */
export async function* plainBytes({ body, contentEncoding }: Upload): AsyncGenerator<Uint8Array> {
  const encoding = (contentEncoding ?? "identity").trim().toLowerCase()
  if (encoding !== "identity" && encoding !== "gzip")
    throw new AppError("unsupported_media", "Content-Encoding: gzip, or none.")
  let length = 0
  try {
    for await (const chunk of inPieces(encoding === "gzip" ? gunzip(body) : body)) {
      length += chunk.byteLength
      if (length > longestBody)
        throw new AppError("too_large", "The body is over 16 MiB decompressed: send it in parts.")
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
      throw new AppError("invalid", "The body is not whole gzip, though Content-Encoding says so.")
    }
    throw error
  } finally {
    source.destroy()
    unzip.destroy()
  }
}
