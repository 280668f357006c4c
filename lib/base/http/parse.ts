import type { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { storable, unstorable } from "@/lib/base/text/fields"

export type Parsed<Schema> = Schema extends z.ZodType<infer Value> ? Value : undefined

type Fault = { field: string; message: string }

const mostFaults = 100
/** No body of ours nests this deep. */
const deepest = 64

/** Parses a request's value. Reports all errors at once, up to a hundred. */
export function parse<Schema extends z.ZodType | undefined>(
  schema: Schema | undefined,
  value: unknown,
): Parsed<Schema> {
  if (!schema) return undefined as Parsed<Schema>
  const lost = unstorableTexts(value)
  const result = schema.safeParse(value)
  if (result.success && lost.length === 0) return result.data as Parsed<Schema>
  const issues = (result.error?.issues ?? []).map(({ path, message }): Fault => ({
    field: path.join("."),
    message,
  }))
  const told = new Set(lost.map(({ field }) => field))
  const errors = [...lost, ...issues.filter(({ field }) => !told.has(field))].slice(0, mostFaults)
  throw new AppError(
    "invalid",
    errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join("; "),
    { errors },
  )
}

/** Finds texts and names that the database cannot store, so that schemas need not check for them. */
function unstorableTexts(value: unknown, path: readonly string[] = []): Fault[] {
  if (path.length > deepest) return [{ field: path.slice(0, 3).join("."), message: "is nested too deeply" }]
  const fault: Fault = { field: path.join("."), message: unstorable.error }
  if (typeof value === "string") return storable(value) ? [] : [fault]
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    storable(name) ? unstorableTexts(part, [...path, name]) : [fault],
  )
}
