import { z } from "zod"

type Test = (value: unknown) => boolean

const boundChecks = new Set<unknown>(["greater_than", "less_than", "number_format"])

/** Whether `schema` takes a value and leaves it as it is. The commonest kinds are told without zod's machinery. */
function testOf(schema: z.ZodType): Test {
  if (schema instanceof z.ZodOptional) return testOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodBoolean) return (value) => typeof value === "boolean"
  const ask: Test = (value) => {
    const result = schema.safeParse(value)
    return result.success && result.data === value
  }
  if (
    !(schema instanceof z.ZodNumber) ||
    !schema.def.checks?.every((check) => boundChecks.has(check._zod.def.check))
  )
    return ask
  const { isInt, minValue, maxValue } = schema
  const [least, most] = [minValue ?? Number.NEGATIVE_INFINITY, maxValue ?? Number.POSITIVE_INFINITY]
  return (value) =>
    (typeof value === "number" &&
      value > least &&
      value < most &&
      (isInt ? Number.isSafeInteger(value) : Number.isFinite(value))) ||
    ask(value)
}

/**
 * The contract of a noun, asked for every record: zod copies an object while it checks it, which costs more
 * than all else that a record goes through. Where each field alone is taken as it is, so is the record;
 * otherwise zod says what is wrong.
 */
export class Contract<Record> {
  readonly #schema: z.ZodType<Record>
  readonly #tests: ReadonlyMap<string, Test>
  readonly #required: readonly string[]
  /** What the fields must be together. */
  readonly #together: Test

  constructor(schema: z.ZodObject & z.ZodType<Record>) {
    const fields = Object.entries<z.ZodType>(schema.shape)
    this.#schema = schema
    this.#tests = new Map(fields.map(([field, one]) => [field, testOf(one)]))
    this.#required = fields.flatMap(([field, one]) => (one instanceof z.ZodOptional ? [] : field))
    const checks = schema.def.checks ?? []
    const whole = z.unknown().check(...(checks as never[]))
    this.#together = checks.length === 0 ? () => true : (record) => whole.safeParse(record).success
  }

  /** The record that a JSON value is. It may be the value itself, with fields that the contract does not know. */
  read(value: unknown): z.ZodSafeParseResult<Record> {
    return this.#takes(value) ? { success: true, data: value as Record } : this.#schema.safeParse(value)
  }

  #takes(value: unknown): boolean {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false
    const members = value as { [field: string]: unknown }
    for (const field in members) {
      const test = this.#tests.get(field)
      if (test !== undefined && !test(members[field])) return false
    }
    return this.#required.every((field) => Object.hasOwn(members, field)) && this.#together(members)
  }
}
