import { AppError } from "@/lib/base/errors"
import { inTime } from "@/lib/base/http/in-time"

const longestText = 1024 * 1024

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
  const text = await readText(request)
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError("invalid", "The body is not JSON.")
  }
}
