import { nameKey } from "@/lib/fleet/terminals/name-key"

/** Texts that firmware and software send instead of a serial number, as `nameKey` returns them. */
const placeholders: ReadonlySet<string> = new Set([
  "unknown",
  "n/a",
  "#n/a",
  "n.a.",
  "na",
  "none",
  "null",
  "(null)",
  "<null>",
  "nil",
  "nan",
  "undefined",
  "default",
  "default string",
  "empty",
  "invalid",
  "no serial",
  "no serial number",
  "not available",
  "not applicable",
  "not set",
  "not specified",
  "serial number",
  "serialnumber",
  "system serial number",
  "tbd",
  "to be filled by o.e.m.",
  "unspecified",
  "0123456789",
  "0123456789abcdef",
  "123456789",
  "1234567890",
  "-",
  "--",
  "?",
  ".",
  "无",
  "空",
  "未知",
  "暂无",
])
const zerosAlone = /^[0 -]+$/

/**
 * Returns whether a name is a placeholder for a missing serial number. `own` are further ones of the
 * organisation.
 */
export function placeholderTest(own: readonly string[] | null): (name: string) => boolean {
  const ownKeys = new Set((own ?? []).map(nameKey))
  const cache = new Map<string, boolean>()
  return (name) => {
    const before = cache.get(name)
    if (before !== undefined) return before
    const key = nameKey(name)
    const isOne = placeholders.has(key) || ownKeys.has(key) || (zerosAlone.test(key) && key.includes("0"))
    cache.set(name, isOne)
    return isOne
  }
}

export const placeholderMessage = (name: string): string =>
  `${JSON.stringify(name)} is a placeholder, not a serial number: send the terminal's own`
