import { AppError } from "@/lib/base/errors"
import { inTime } from "@/lib/base/http/in-time"
import { parseJson, type JsonLimits } from "@/lib/base/http/parse-json"

// What is read is then checked in one go, which must not block other requests for long.
const longestText = 256 * 1024
const limits: JsonLimits = {
  values: 20_000,
  text: 64 * 1024,
  deep: "refuse",
  tooMany: "The body has more than 20,000 values.",
}

/** Reads a request's body as text, at most `longest` bytes. */
export async function readText(request: Request, longest = longestText): Promise<string> {
  if (!request.body) return ""
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of inTime(request.body)) {
    length += chunk.byteLength
    if (length > longest) throw new AppError("too_large", `The body is over ${longest / 1024} KiB.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

/** Reads a request's body as JSON. */
export async function readJson(request: Request): Promise<unknown> {
  return jsonOf(await readText(request), limits)
}

/** The value of a body. Throws if it is not JSON. */
export async function jsonOf(text: string, within: JsonLimits): Promise<unknown> {
  const value = await parseJson(text, within)
  if (value === undefined) throw new AppError("invalid", "The body is not JSON.")
  return value
}
