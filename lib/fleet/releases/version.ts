const byNumber = new Intl.Collator("en", { numeric: true })

/**
 * Compares versions number by number: 1.10 comes after 1.9, 2.0 equals 2, dates look like 2026-08-05.
 * Negative if `a` is older. Letters before the first number (v, Android) are ignored, later ones are
 * compared as text.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const order = byNumber.compare(left[i] ?? "0", right[i] ?? "0")
    if (order !== 0) return order
  }
  return 0
}

/** A number with parts, after a v or a name: 2.1.0, v3, 4.3k, Android 10, 2026-08-05. */
const numbered = /^(?:\p{L}+ |v)?\d[\p{L}\d]*(?:[. +_-][\p{L}\d]+)*$/iu

/** Whether a text reads as a version, so that others can be older or newer. */
export const isComparable = (text: string): boolean => numbered.test(text)

/**
 * Whether `current` is older than `minimum`. False for a version without a number, because its age is
 * unknown.
 */
export const isBehind = (current: string, minimum: string): boolean =>
  /\d/.test(current) && /\d/.test(minimum) && compareVersions(current, minimum) < 0

/** The line of a version: its first two parts, such as 5.2 of 5.2.7, and 6.0 of 6. */
export function lineOf(version: string): string {
  const [first = "0", second = "0"] = partsOf(version)
  return `${first}.${second}`
}

const partsOf = (version: string): string[] =>
  version
    .toLowerCase()
    .replace(/^\D+/, "")
    .match(/\d+|[a-z]+/g) ?? []
