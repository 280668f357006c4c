import type { z } from "zod"
import { AppError } from "@/lib/base/errors"

export type Parsed<Schema> = Schema extends z.ZodType<infer Value> ? Value : undefined

/** What a request gave, as its schema has it. Every fault is told at once. */
export function parse<Schema extends z.ZodType | undefined>(
  schema: Schema | undefined,
  value: unknown,
): Parsed<Schema> {
  if (!schema) return undefined as Parsed<Schema>
  const result = schema.safeParse(value)
  if (result.success) return result.data as Parsed<Schema>
  const errors = result.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message }))
  throw new AppError(
    "invalid",
    errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join("; "),
    { errors },
  )
}
