import type { IncidentClass } from "@/lib/insight/incidents/words"

/** An open incident, as far as merging asks. */
export type Open = {
  id: number
  class: IncidentClass
  firstOn: string
  lastOn: string
  reaches: string | null
}

/**
 * What a wider incident may take in: an outage of a carrier is the cause of bad lines at its stores. The
 * order has no cycle, because each class is taken in by a wider one alone.
 */
const widerOf: Partial<Record<IncidentClass, IncidentClass>> = { "store network": "carrier" }

/**
 * Which open incidents are part of a wider one, by id: those that it reaches and that began no day before
 * it. One that began earlier, or goes on after it, is a fault of its own.
 */
export function mergesOf(open: readonly Open[]): Map<number, number> {
  const merges = new Map<number, number>()
  for (const one of open) {
    const wider = widerOf[one.class]
    const into = open.find(
      (other) =>
        other.class === wider &&
        other.reaches !== null &&
        other.reaches === one.reaches &&
        other.firstOn <= one.firstOn &&
        other.lastOn >= one.lastOn,
    )
    if (into) merges.set(one.id, into.id)
  }
  return merges
}
