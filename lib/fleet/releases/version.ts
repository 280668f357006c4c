/**
 * Orders versions by their numbers, part by part: 1.10 after 1.9, 2.0 equal to 2, dates as 2026-08-05.
 * Negative where `a` is older. Parts that are not numbers are compared as text.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const [x = "0", y = "0"] = [left[i], right[i]]
    const order = /^\d+$/.test(x) && /^\d+$/.test(y) ? Number(x) - Number(y) : x.localeCompare(y)
    if (order !== 0) return order
  }
  return 0
}

const partsOf = (version: string) => version.toLowerCase().match(/\d+|[a-z]+/g) ?? []
