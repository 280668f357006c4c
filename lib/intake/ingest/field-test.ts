import { z } from "zod"

export type Test = (value: unknown) => boolean

/** What zod keeps of a check. */
type Check = {
  check?: unknown
  format?: unknown
  pattern?: unknown
  maximum?: unknown
  minimum?: unknown
  fn?: unknown
  tx?: unknown
}

const boundChecks = new Set<unknown>(["greater_than", "less_than", "number_format"])
/** The formats that zod checks by their pattern alone. */
const patternFormats = new Set<unknown>(["datetime", "date", "regex"])

/**
 * Whether `schema` accepts a value and leaves it unchanged. The most common types are checked without zod,
 * whose results are objects; zod is asked about a value that does not pass.
 */
export function testOf(schema: z.ZodType): Test {
  if (schema instanceof z.ZodOptional) return testOf(schema.unwrap() as z.ZodType)
  const ask: Test = (value) => {
    const result = schema.safeParse(value)
    return result.success && result.data === value
  }
  const quick = quickTest(schema)
  return quick ? (value) => quick(value) || ask(value) : ask
}

/** A test that only accepts what the schema accepts unchanged. Null if there is none. */
function quickTest(schema: z.ZodType): Test | null {
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === "boolean"
  if (schema instanceof z.ZodEnum) {
    const values = new Set<unknown>(schema.options)
    return (value) => values.has(value)
  }
  if (schema instanceof z.ZodNumber) return numberTest(schema)
  return schema.def.type === "string" ? stringTest(schema) : null
}

function numberTest(schema: z.ZodNumber): Test | null {
  if (!schema.def.checks?.every((check) => boundChecks.has(check._zod.def.check))) return null
  const { isInt, minValue, maxValue } = schema
  const [least, most] = [minValue ?? Number.NEGATIVE_INFINITY, maxValue ?? Number.POSITIVE_INFINITY]
  return (value) =>
    typeof value === "number" &&
    value > least &&
    value < most &&
    (isInt ? Number.isSafeInteger(value) : Number.isFinite(value))
}

function stringTest({ def }: z.ZodType): Test | null {
  if ("coerce" in def && def.coerce === true) return null
  const own = "check" in def ? [def as Check] : []
  const checks = [...own, ...(def.checks ?? []).map((check) => check._zod.def as Check)]
  const tests = checks.map(textTest).filter((one) => one !== null)
  if (tests.length < checks.length) return null
  return (value) => {
    if (typeof value !== "string") return false
    for (const test of tests) if (!test(value)) return false
    return true
  }
}

function textTest({
  check,
  format,
  pattern,
  maximum,
  minimum,
  fn,
  tx,
}: Check): ((text: string) => boolean) | null {
  if (check === "max_length" && typeof maximum === "number") return (text) => text.length <= maximum
  if (check === "min_length" && typeof minimum === "number") return (text) => text.length >= minimum
  if (check === "string_format" && patternFormats.has(format) && pattern instanceof RegExp)
    return pattern.global || pattern.sticky ? null : (text) => pattern.test(text)
  if (check === "overwrite" && typeof tx === "function") return (text) => tx(text) === text
  return check === "custom" && typeof fn === "function" ? (text) => fn(text) === true : null
}

/** Whether a record passes the checks across its fields. */
export function wholeTest(schema: z.ZodObject): Test {
  const checks = schema.def.checks ?? []
  const whole = z.unknown().check(...(checks as never[]))
  const rules = checks.flatMap(({ _zod: { def } }) =>
    "fn" in def && typeof def.fn === "function" ? [def.fn as (record: unknown) => unknown] : [],
  )
  const ask: Test = (record) => whole.safeParse(record).success
  if (checks.length === 0) return () => true
  if (rules.length < checks.length) return ask
  return (record) => rules.every((rule) => rule(record) === true) || ask(record)
}
