import type { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { cardSuspected, isInternationalNumber, storable, unstorable } from "@/lib/base/text/fields"
import { holdsPan, maskPans } from "@/lib/base/text/pan"

export type Parsed<Schema> = Schema extends z.ZodType<infer Value> ? Value : undefined

type Fault = { field: string; message: string }

const mostFaults = 100
/** No valid body is nested this deep. */
const deepest = 64

/**
 * Parses a request's value. Reports all errors at once, up to a hundred. What may be stored is refused where
 * it holds a card number.
 */
export function parse<Schema extends z.ZodType | undefined>(
  schema: Schema | undefined,
  value: unknown,
  { mayBeStored = true } = {},
): Parsed<Schema> {
  if (!schema) return undefined as Parsed<Schema>
  const lost = unfitTexts(value, mayBeStored)
  const result = schema.safeParse(value)
  if (result.success && lost.length === 0) return result.data as Parsed<Schema>
  const issues = (result.error?.issues ?? []).map(({ path, message }): Fault => ({
    field: path.join("."),
    message,
  }))
  const reported = new Set(lost.map(({ field }) => field))
  const errors = [...lost, ...issues.filter(({ field }) => !reported.has(field))]
    .slice(0, mostFaults)
    .map(({ field, message }): Fault => ({ field: maskPans(field), message: maskPans(message) }))
  throw new AppError(
    "invalid",
    errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join("; "),
    { errors },
  )
}

/** Texts whose card numbers are masked instead of refused, so that a file is accepted under any name. */
const maskedLater = new Set(["fileName"])

const isPhone = (name: string, text: string) => /phone$/i.test(name) && isInternationalNumber(text)

function faultOf(text: string, name: string, mayBeStored: boolean): string | null {
  if (!storable(text)) return unstorable.error
  const mayHold = !mayBeStored || maskedLater.has(name) || isPhone(name, text)
  return !mayHold && holdsPan(text) ? cardSuspected.error : null
}

/**
 * Finds texts, names and numbers that are never stored: card numbers, and what the database cannot store.
 * Schemas need not check for them.
 */
function unfitTexts(value: unknown, mayBeStored: boolean, path: readonly string[] = []): Fault[] {
  if (path.length > deepest) return [{ field: path.slice(0, 3).join("."), message: "is nested too deeply" }]
  if (typeof value === "string" || typeof value === "number") {
    const message = faultOf(String(value), path.at(-1) ?? "", mayBeStored)
    return message === null ? [] : [{ field: path.join("."), message }]
  }
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => {
    const message = faultOf(name, "", mayBeStored)
    return message === null
      ? unfitTexts(part, mayBeStored, [...path, name])
      : [{ field: path.join("."), message }]
  })
}
