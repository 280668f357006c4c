export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** The schema of which a value is an example: what it is made of, and no more. */
export function shapeOf(value: Json): Json {
  if (value === null) return {}
  if (Array.isArray(value)) return { type: "array", items: value[0] === undefined ? {} : shapeOf(value[0]) }
  if (typeof value !== "object") return { type: typeof value }
  return { type: "object", properties: Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)])) }
}
