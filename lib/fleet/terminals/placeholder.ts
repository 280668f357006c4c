import { nameKey } from "@/lib/fleet/terminals/name-key"

/** What firmware and software write where they know no serial number, as `nameKey` has it. */
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

/** Tells whether a name stands for no serial number at all; `own` are further ones of the organisation. */
export function placeholderTest(own: readonly string[] | null): (name: string) => boolean {
  const ownKeys = new Set((own ?? []).map(nameKey))
  const told = new Map<string, boolean>()
  return (name) => {
    const before = told.get(name)
    if (before !== undefined) return before
    const key = nameKey(name)
    const isOne = placeholders.has(key) || ownKeys.has(key) || (zerosAlone.test(key) && key.includes("0"))
    told.set(name, isOne)
    return isOne
  }
}

export const placeholderMessage = (name: string): string =>
  `${JSON.stringify(name)} is what systems write that know no serial number: send the terminal's own`
