import { AppError } from "@/lib/base/errors"
import { Pace } from "@/lib/base/http/pace"
import { parseJson, type JsonLimits } from "@/lib/base/http/parse-json"
import { plainBytes, type Upload } from "@/lib/base/http/upload"
import type { Adapter } from "@/lib/intake/adapters/reading"
import { mostRecords } from "@/lib/intake/ingest/read-records"

const tooMany = "More than 50,000 records: send them in parts."
const limits: JsonLimits = { members: mostRecords, deep: "leave out", tooMany }

/** The body as JSON values: one document, or one value per line. */
async function valuesOf(upload: Upload): Promise<unknown[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of plainBytes(upload)) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString("utf8").trim()
  if (text === "") throw new AppError("invalid", "The body is empty: send the vendor's JSON.")
  const whole = await parseJson(text, limits)
  if (whole !== undefined) return [whole]
  const broken = () => new AppError("invalid", "The body is neither JSON nor one JSON object per line.")
  const values: unknown[] = []
  const pace = new Pace()
  for (const line of linesOf(text)) {
    if (pace.isDue) await pace.giveWay()
    if (line.trim() === "") continue
    const value = await parseJson(line, limits)
    if (value === undefined) throw broken()
    if (values.push(value) > mostRecords) throw new AppError("too_large", tooMany)
  }
  if (values.length < 2) throw broken()
  return values
}

/** The lines of a text, one after another: a body can have millions of empty lines. */
function* linesOf(text: string): Generator<string> {
  for (let start = 0, end = 0; end < text.length; start = end + 1) {
    end = text.indexOf("\n", start)
    if (end === -1) end = text.length
    yield text.slice(start, end)
  }
}

/** The vendor's records in a body. */
export async function readVendorRecords(upload: Upload, adapter: Adapter): Promise<unknown[]> {
  const records: unknown[] = []
  const pace = new Pace()
  for (const value of await valuesOf(upload)) {
    for (const one of adapter.records(value)) {
      if (pace.isDue) await pace.giveWay()
      if (records.push(one) > mostRecords) throw new AppError("too_large", tooMany)
    }
  }
  return records
}
