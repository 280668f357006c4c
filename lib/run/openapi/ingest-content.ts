import type { z } from "zod"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Transaction } from "@/lib/intake/transactions/schemas"
import { calls } from "@/lib/run/openapi/calls"
import { jsonSchemaOf, type Json } from "@/lib/run/openapi/json"

const records: Record<string, z.ZodType> = {
  "POST /api/v1/heartbeats": Heartbeat,
  "POST /api/v1/transactions": Transaction,
}

/** The three formats of records, each with a schema and an example. Null for calls that take no records. */
export function ingestContent(name: string): Record<string, Json> | null {
  const schema = records[name]
  const line = calls[name]?.file?.text.trim()
  if (!schema || line === undefined) return null
  const plural = name.split("/").at(-1) ?? ""
  const record = JSON.parse(line) as Record<string, Json>
  const csv = `${Object.keys(record).join(",")}\n${Object.values(record).join(",")}\n`
  return {
    "application/x-ndjson": {
      schema: { type: "string", description: "One record on each line, as in application/json." },
      example: `${line}\n`,
    },
    "application/json": {
      schema: {
        type: "object",
        properties: { [plural]: { type: "array", items: jsonSchemaOf(schema) } },
        required: [plural],
      },
      example: { [plural]: [record] },
    },
    "text/csv": {
      schema: {
        type: "string",
        description: "A header with field names, then one record on each line.",
      },
      example: csv,
    },
  }
}
