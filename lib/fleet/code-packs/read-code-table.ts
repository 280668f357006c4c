import { parse } from "csv-parse/sync"
import { AppError } from "@/lib/base/errors"
import { formatOf, plainBytes, uploadOf } from "@/lib/base/http/upload"
import { CodeTable } from "@/lib/fleet/code-packs/schemas"

const longestTable = 2 * 1024 * 1024
const mostErrors = 100

/**
 * Reads a code table from a request: JSON `{"codes": [...]}`, or CSV with the same names in its header. An
 * empty cell counts as a missing field.
 */
export async function readCodeTable(request: Request): Promise<CodeTable> {
  const upload = uploadOf(request)
  const format = formatOf(upload)
  if (format === "ndjson")
    throw new AppError("unsupported_media", "Content-Type must be application/json or text/csv.")
  const text = await textOf(plainBytes(upload))
  const result = CodeTable.safeParse(format === "csv" ? { codes: csvRows(text) } : jsonOf(text))
  if (result.success) return result.data
  const errors = result.error.issues
    .slice(0, mostErrors)
    .map((issue) => ({ field: issue.path.join("."), message: issue.message }))
  throw new AppError("invalid", `${errors[0]?.field || "the table"}: ${errors[0]?.message}`, { errors })
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    length += chunk.byteLength
    if (length > longestTable) throw new AppError("too_large", "The table is larger than 2 MiB.")
    chunks.push(chunk)
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new AppError("invalid", "The body is not UTF-8.")
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError("invalid", "The body is not JSON.")
  }
}

function csvRows(text: string): unknown[] {
  try {
    const rows: Record<string, string>[] = parse(text, { columns: true, skip_empty_lines: true, trim: true })
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== "")))
  } catch (error) {
    throw new AppError(
      "invalid",
      `The body is not CSV: ${error instanceof Error ? error.message : "unreadable"}`,
    )
  }
}
