type Day = { day: string; attempts: number; failures: number }

const dayMs = 86_400_000

/**
 * The lines of a small picture of daily failure rates, each as the points of a polyline in a box of one by
 * one with the highest rate at its top. A day without sales interrupts the line.
 */
export function sparkLines(days: readonly Day[]): string[] {
  const sold = days.filter(({ attempts }) => attempts > 0)
  const [first, last] = [sold[0], sold.at(-1)]
  if (!first || !last) return []
  const timeOf = ({ day }: Day) => Date.parse(`${day}T00:00:00Z`)
  const rateOf = ({ attempts, failures }: Day) => failures / attempts
  const span = Math.max(dayMs, timeOf(last) - timeOf(first))
  const most = Math.max(...sold.map(rateOf))
  const lines: string[][] = []
  for (const [i, day] of sold.entries()) {
    const before = sold[i - 1]
    if (!before || timeOf(day) - timeOf(before) > dayMs) lines.push([])
    const x = (timeOf(day) - timeOf(first)) / span
    const y = most === 0 ? 1 : 1 - rateOf(day) / most
    lines.at(-1)?.push(`${x.toFixed(3)},${y.toFixed(3)}`)
  }
  return lines.map((points) => points.join(" "))
}
