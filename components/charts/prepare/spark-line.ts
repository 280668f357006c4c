/** A value of a day; null if there is none. */
export type SparkDay = { day: string; value: number | null }

const dayMs = 86_400_000

/**
 * The lines of a small picture of daily values, each as the points of a polyline in a box of one by one with
 * the highest value at its top. A day without a value interrupts the line.
 */
export function sparkLines(days: readonly SparkDay[]): string[] {
  const known = days.flatMap(({ day, value }) =>
    value === null ? [] : [{ at: Date.parse(`${day}T00:00:00Z`), value }],
  )
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last) return []
  const span = Math.max(dayMs, last.at - first.at)
  const most = Math.max(...known.map(({ value }) => value))
  const lines: string[][] = []
  for (const [i, { at, value }] of known.entries()) {
    const before = known[i - 1]
    if (!before || at - before.at > dayMs) lines.push([])
    const x = (at - first.at) / span
    const y = most === 0 ? 1 : 1 - value / most
    lines.at(-1)?.push(`${x.toFixed(3)},${y.toFixed(3)}`)
  }
  return lines.map((points) => points.join(" "))
}
