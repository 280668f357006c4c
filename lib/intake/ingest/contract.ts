import { z } from "zod"
import { describeIssue, kindOfMisfit, valueAt } from "@/lib/intake/ingest/describe-issue"
import { testOf, wholeTest, type Test } from "@/lib/intake/ingest/field-test"

/**
 * A parsed record, with the names and kinds of the fields left out; or the reason why it is rejected.
 * `mayHaveMore`: whether the record may have fields, also in its lists, that the contract does not know.
 */
export type ContractReading<Record> =
  | { success: true; data: Record; leftOut: readonly string[]; mayHaveMore: boolean }
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
    this.#together = wholeTest(schema)
    this.#leavesOutMisfits = leavesOutMisfits
  }

  /**
   * Reads a JSON value as a record. The record can be the value itself, with fields that the contract does
   * not know.
   */
  read(sent: unknown): ContractReading<Record> {
    const taken = this.#take(sent)
    if (taken !== null) return this.#whole(sent, taken)
    if (!isMembers(sent)) return { success: false, field: null, message: "is not an object with fields" }
    const value = withoutNulls(sent)
    if (this.#take(value) !== null) return this.#whole(value, true)
    const { data, error } = this.#schema.safeParse(value)
    if (!error) return this.#whole(data, true)
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
    return { success: true, data: this.#schema.parse(rest), leftOut: [...leftOut], mayHaveMore: true }
  }

  #whole(data: unknown, mayHaveMore: boolean): ContractReading<Record> {
    return { success: true, data: data as Record, leftOut: none, mayHaveMore }
  }

  /** Null if the record is not accepted as it is; otherwise whether it may have more fields. */
  #take(value: unknown): boolean | null {
    if (!isMembers(value)) return null
    let mayHaveMore = false
    for (const field in value) {
      const test = this.#tests.get(field)
      const one = value[field]
      if (test === undefined || typeof one === "object") mayHaveMore = true
      if (test !== undefined && !test(one)) return null
    }
    for (const field of this.#required) if (!Object.hasOwn(value, field)) return null
    return this.#together(value) ? mayHaveMore : null
  }
}
