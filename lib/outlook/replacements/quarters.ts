import { addMonths, type Day } from "@/lib/base/time/zone"

/** A calendar quarter: `from` is included, `to` is not. */
export type Quarter = { name: string; from: Day; to: Day }

const forecastQuarters = 8
const months = 3

/** The quarter of a day and the ones after it. */
export function quartersFrom(today: Day): Quarter[] {
  const [year = 0, month = 1] = today.split("-").map(Number)
  const first = Math.floor((month - 1) / months)
  const begins = `${year}-${String(first * months + 1).padStart(2, "0")}-01`
  return Array.from({ length: forecastQuarters }, (_, i) => {
    const from = addMonths(begins, i * months)
    const name = `${from.slice(0, 4)}-Q${((first + i) % 4) + 1}`
    return { name, from, to: addMonths(from, months) }
  })
}
