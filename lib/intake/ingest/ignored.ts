import { z } from "zod"

const mostNames = 100
const longestName = 64

type Fields = { [field: string]: z.ZodType }

/** The fields of the objects in a list, such as `events`. */
function memberFields(schema: z.ZodType | undefined): Fields | null {
  if (schema instanceof z.ZodOptional) return memberFields(schema.unwrap() as z.ZodType)
  return schema instanceof z.ZodArray && schema.element instanceof z.ZodObject ? schema.element.shape : null
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The fields of a contract, and of the objects in its lists. */
export class KnownFields {
  readonly fields: Fields
  readonly lists: [string, Fields][]

  constructor(fields: Fields) {
    this.fields = fields
    this.lists = Object.entries(fields).flatMap(([field, schema]) => {
      const members = memberFields(schema)
      return members ? [[field, members] as [string, Fields]] : []
    })
  }
}

/**
 * Collects the names of fields that are not stored, each once: those that the contract does not know or that
 * do not fit it.
 */
export class IgnoredFields {
  readonly #known: KnownFields
  readonly #names = new Set<string>()

  constructor(known: KnownFields) {
    this.#known = known
  }

  get names(): string[] {
    return [...this.#names]
  }

  /** Adds the unknown fields of a record, and those that were left out of it. */
  note(record: unknown, leftOut: readonly string[]): void {
    for (const name of leftOut) this.#addName(name)
    if (!isObject(record)) return
    this.#add(record, this.#known.fields, "")
    for (const [field, members] of this.#known.lists) {
      const list = record[field]
      if (Array.isArray(list))
        for (const member of list) if (isObject(member)) this.#add(member, members, `${field}.`)
    }
  }

  #add(record: Record<string, unknown>, fields: Fields, prefix: string): void {
    for (const field in record) {
      if (!Object.hasOwn(fields, field)) this.#addName(`${prefix}${field}`)
    }
  }

  #addName(name: string): void {
    if (this.#names.size < mostNames) this.#names.add(name.slice(0, longestName))
  }
}
