import { z } from "zod"
import { isLongNumber, parseExact } from "@/lib/base/text/exact-json"

type Kind = "number" | "boolean" | "json" | "text"

function kindOf(schema: z.ZodType): Kind {
  if (schema instanceof z.ZodOptional) return kindOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodNumber) return "number"
  if (schema instanceof z.ZodBoolean) return "boolean"
  return schema instanceof z.ZodArray ? "json" : "text"
}

function typed(kind: Kind, text: string): unknown {
  if (kind === "boolean")
    return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : text
  if (kind === "number") return /^-?\d+(\.\d+)?$/.test(text) && !isLongNumber(text) ? Number(text) : text
  if (kind === "text") return text
  try {
    return parseExact(text)
  } catch {
    return text
  }
}

/**
 * Converts CSV texts to the types of `shape`. A text that cannot be converted stays text, and the schema
 * rejects it.
 */
export function csvValues(shape: Record<string, z.ZodType>): (row: Record<string, string>) => unknown {
  const kinds = new Map(Object.entries(shape).map(([field, schema]) => [field, kindOf(schema)]))
  return (row) =>
    Object.fromEntries(
      Object.entries(row).map(([field, text]) => [field, typed(kinds.get(field) ?? "text", text)]),
    )
}
