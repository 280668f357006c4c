import { z } from "zod"
import { describeIssue, kindOfMisfit, valueAt } from "@/lib/intake/ingest/describe-issue"

type Test = (value: unknown) => boolean

const boundChecks = new Set<unknown>(["greater_than", "less_than", "number_format"])

/**
 * Whether `schema` accepts a value and leaves it unchanged. The most common types are checked without zod.
 */
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

/** A parsed record, with the names and kinds of the fields left out; or the reason why it is rejected. */
export type ContractReading<Record> =
  | { success: true; data: Record; leftOut: readonly string[] }
  | { success: false; field: string | null; message: string }

type Members = { [field: string]: unknown }

const none: readonly string[] = []

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const present = (members: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))

/** A record without its null members, which mean absent. The same for the objects in its lists. */
const withoutNulls = (record: Members): Members =>
  Object.fromEntries(
    Object.entries(present(record)).map(([field, value]) => [
      field,
      Array.isArray(value)
        ? value.flatMap((one: unknown) => (one === null ? [] : [isMembers(one) ? present(one) : one]))
        : value,
    ]),
  )

/**
 * The contract of a noun, used for every record. zod copies an object when it parses it, which costs more
 * than everything else that is done to a record. If each field is accepted unchanged, the record is too;
 * otherwise zod parses it and gives the error.
 */
export class Contract<Record> {
  readonly #schema: z.ZodType<Record>
  readonly #tests: ReadonlyMap<string, Test>
  readonly #required: readonly string[]
  /** The checks across several fields. */
  readonly #together: Test
  readonly #leavesOutMisfits: boolean

  /**
   * With `leavesOutMisfits`, only the required fields can reject a record. Other fields that do not fit are
   * left out.
   */
  constructor(schema: z.ZodObject & z.ZodType<Record>, { leavesOutMisfits = false } = {}) {
    const fields = Object.entries<z.ZodType>(schema.shape)
    this.#schema = schema
    this.#tests = new Map(fields.map(([field, one]) => [field, testOf(one)]))
    this.#required = fields.flatMap(([field, one]) => (one instanceof z.ZodOptional ? [] : field))
    const checks = schema.def.checks ?? []
    const whole = z.unknown().check(...(checks as never[]))
    this.#together = checks.length === 0 ? () => true : (record) => whole.safeParse(record).success
    this.#leavesOutMisfits = leavesOutMisfits
  }

  /**
   * Reads a JSON value as a record. The record can be the value itself, with fields that the contract does
   * not know.
   */
  read(sent: unknown): ContractReading<Record> {
    if (this.#takes(sent)) return { success: true, data: sent as Record, leftOut: none }
    if (!isMembers(sent)) return { success: false, field: null, message: "is not an object with fields" }
    const value = withoutNulls(sent)
    if (this.#takes(value)) return { success: true, data: value as Record, leftOut: none }
    const { data, error } = this.#schema.safeParse(value)
    if (!error) return { success: true, data, leftOut: none }
    const issue = this.#leavesOutMisfits
      ? error.issues.find(({ path: [field] }) => this.#required.includes(String(field)))
      : error.issues[0]
    if (issue)
      return { success: false, field: issue.path.join(".") || null, message: describeIssue(issue, value) }
    return this.#withoutMisfits(value, error.issues)
  }

  #withoutMisfits(value: Members, issues: z.core.$ZodIssue[]): ContractReading<Record> {
    const leftOut = new Set<string>()
    const misfits = new Set<unknown>()
    const rest = { ...value }
    for (const issue of issues) {
      const [field, place, ...inner] = issue.path
      const name = [field, ...inner].map(String).join(".")
      leftOut.add(`${name} (${kindOfMisfit(issue, value)})`)
      if (place === undefined) delete rest[String(field)]
      else misfits.add(valueAt(value, [String(field), place]))
    }
    for (const [field, list] of Object.entries(rest))
      if (Array.isArray(list)) rest[field] = list.filter((one) => !misfits.has(one))
    return { success: true, data: this.#schema.parse(rest), leftOut: [...leftOut] }
  }

  #takes(value: unknown): boolean {
    if (!isMembers(value)) return false
    for (const field in value) {
      const test = this.#tests.get(field)
      if (test !== undefined && !test(value[field])) return false
    }
    return this.#required.every((field) => Object.hasOwn(value, field)) && this.#together(value)
  }
}
