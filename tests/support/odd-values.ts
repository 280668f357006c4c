export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonPath = readonly (string | number)[]

/** The parts of a JSON schema that limit a value. */
export type Schema = {
  type?: string
  format?: string
  enum?: unknown[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
}

const days = ["0000-01-01", "2026-02-30", "9999-12-31", "10000-01-01"]
const instants = [
  "0000-01-01T00:00:00Z",
  "0001-01-01T00:00:00+14:00",
  "9999-12-31T23:59:59-14:00",
  "2026-02-30T00:00:00Z",
]
const texts = ["", " ", "a\0b", "%_\\'", "\u{1f9fe}", "x".repeat(5_000), "0000-01-01"]
const numbers = [-1, 0, 1.5, 2 ** 31, 2 ** 53, 2 ** 63, 1e308]

/** Numbers as text in an address. */
const writtenNumbers = [...numbers.map(String), "99999999999999999999999999", "NaN", "Infinity", "0x10", ""]

const cursorOf = (parts: Json) => Buffer.from(JSON.stringify(parts)).toString("base64url")
const cursors = [
  "not a cursor",
  "%",
  ...[
    null,
    {},
    [],
    ["a\0b", 1],
    ["\ud800", 1],
    [1.5],
    [1.5, 1],
    ["a", 1.5],
    [2 ** 53, 1],
    [1e308, 1],
    [0, "9999-12-31T23:59:59.999Z", 1],
  ].map(cursorOf),
]

/** Unusual values for a parameter of an address. */
export function oddTexts(name: string, { type, enum: members, anyOf }: Schema): string[] {
  if (name === "cursor") return cursors
  if (members) return ["", "a\0b"]
  if (anyOf) return anyOf.flatMap((schema) => oddTexts(name, schema))
  return type === "integer" || type === "number" ? writtenNumbers : texts
}

/** Unusual values for a body. */
export function oddJson({ type, format, enum: members, anyOf }: Schema): Json[] {
  if (anyOf) return anyOf.flatMap(oddJson)
  if (members || type === "boolean" || type === "object" || type === "array") return [null, "a\0b", {}, []]
  if (type === "integer" || type === "number") return [...numbers, "1"]
  if (format === "date") return days
  if (format === "date-time") return instants
  return [...texts, "\ud800", 7]
}

/** Every place in a value that a schema describes, with its own schema. */
export function placesOf(schema: Schema, path: JsonPath = []): { path: JsonPath; schema: Schema }[] {
  return [
    { path, schema },
    ...(schema.anyOf ?? []).flatMap((one) => placesOf(one, path).slice(1)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, part]) => placesOf(part, [...path, name])),
    ...(schema.items ? placesOf(schema.items, [...path, 0]) : []),
  ]
}

/** The value with another one at a place. Missing parents are added. */
export function withValueAt(whole: Json, [key, ...rest]: JsonPath, value: Json): Json {
  if (key === undefined) return value
  if (typeof key === "number") {
    const [first = null, ...others] = Array.isArray(whole) ? whole : []
    return [withValueAt(first, rest, value), ...others]
  }
  const parts = typeof whole === "object" && whole !== null && !Array.isArray(whole) ? whole : {}
  return { ...parts, [key]: withValueAt(parts[key] ?? null, rest, value) }
}
