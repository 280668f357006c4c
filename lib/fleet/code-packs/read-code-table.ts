import { parse } from "csv-parse/sync"
import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { Pace } from "@/lib/base/http/pace"
import type { JsonLimits } from "@/lib/base/http/parse-json"
import { jsonOf } from "@/lib/base/http/read-text"
import { formatOf, plainBytes, uploadOf } from "@/lib/base/http/upload"
import { ResponseCode, type CodeTable } from "@/lib/fleet/code-packs/schemas"

const longestTable = 2 * 1024 * 1024
const longestRow = 16 * 1024
const mostErrors = 100
export const mostCodes = 5_000
export const tooMany = `The table has more than ${mostCodes.toLocaleString("en")} codes.`
/** A code has at most ten fields. */
const limits: JsonLimits = { values: mostCodes * 12, text: longestRow, deep: "refuse", tooMany }

const Rows = z.strictObject({ codes: z.array(z.unknown()).min(1).max(mostCodes) })

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
  return tableOf(format === "csv" ? { codes: csvRows(text) } : await jsonOf(text, limits))
}

/** Checks code by code, so that a long table does not block other requests. */
async function tableOf(table: unknown): Promise<CodeTable> {
  const { data, error } = Rows.safeParse(table)
  if (error) throw refused(error.issues)
  const issues: z.core.$ZodIssue[] = []
  const codes: ResponseCode[] = []
  const pace = new Pace()
  for (const [i, row] of data.codes.entries()) {
    if (pace.isDue) await pace.giveWay()
    const code = ResponseCode.safeParse(row)
    if (code.success) codes.push(code.data)
    else issues.push(...code.error.issues.map((issue) => ({ ...issue, path: ["codes", i, ...issue.path] })))
    if (issues.length >= mostErrors) break
  }
  if (issues.length > 0) throw refused(issues)
  return { codes }
}

function refused(issues: readonly z.core.$ZodIssue[]): AppError {
  const errors = issues.slice(0, mostErrors).map(({ path, message }) => ({ field: path.join("."), message }))
  return new AppError("invalid", `${errors[0]?.field || "the table"}: ${errors[0]?.message}`, { errors })
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

function csvRows(text: string): unknown[] {
  try {
    const rows: Record<string, string>[] = parse(text, {
      columns: true,
      skip_empty_lines: true,
      trim: true,
      to: mostCodes + 1,
      max_record_size: longestRow,
    })
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== "")))
  } catch (error) {
    throw new AppError(
      "invalid",
      `The body is not CSV: ${error instanceof Error ? error.message : "unreadable"}`,
    )
  }
}
