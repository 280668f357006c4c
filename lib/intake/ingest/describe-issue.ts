import type { z } from "zod"

type Issue = z.core.$ZodIssue

const longestShown = 40

/** The value at an issue's path; undefined if there is none. */
export function valueAt(record: unknown, path: readonly PropertyKey[]): unknown {
  let value = record
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined
    value = Object.hasOwn(value, step) ? (value as Record<PropertyKey, unknown>)[step] : undefined
  }
  return value
}

/** A value for a message: JSON, cut if it is long; for an object or a list only its kind. */
function shown(value: unknown): string {
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "an object"
  const json = JSON.stringify(value) ?? "nothing"
  return json.length > longestShown ? `${json.slice(0, longestShown)}…` : json
}

const typeNames: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
}

/** Why a value is rejected: with the value, and the known words if it is not one of them. */
export function describeIssue(issue: Issue, record: unknown): string {
  const value = valueAt(record, issue.path)
  if (value === undefined && issue.code !== "custom") return "is missing"
  if (issue.code === "invalid_value")
    return `${shown(value)} is not known here: one of ${issue.values.map(String).join(", ")}`
  if (issue.code === "invalid_type")
    return `${shown(value)} is not ${typeNames[issue.expected] ?? issue.expected}`
  if (issue.code === "too_big")
    return `${shown(value)} is ${typeof value === "number" ? "above" : "longer than"} ${issue.maximum}`
  if (issue.code === "too_small")
    return typeof value === "number"
      ? `${shown(value)} is below ${issue.minimum}`
      : `${shown(value)} is too short`
  return value === undefined ? issue.message : `${shown(value)}: ${issue.message}`
}

/** The kind of a value that does not fit, without the value: `number above 100`, `unknown word`. */
export function kindOfMisfit(issue: Issue, record: unknown): string {
  const value = valueAt(record, issue.path)
  if (value === undefined) return "missing"
  if (typeof value === "string") {
    if (issue.code === "invalid_value") return "unknown word"
    if (issue.code === "too_big") return `text over ${issue.maximum} characters`
    return value === "" ? "empty text" : "text"
  }
  if (typeof value === "number") {
    if (issue.code === "too_big") return `number above ${issue.maximum}`
    if (issue.code === "too_small") return `number below ${issue.minimum}`
    return issue.code === "invalid_type" && issue.expected === "int" ? "number with decimals" : "number"
  }
  if (typeof value === "boolean") return "true or false"
  if (Array.isArray(value)) return issue.code === "too_big" ? `list of more than ${issue.maximum}` : "list"
  return "object"
}
