import { metresBetween, type Position } from "@/lib/insight/positions/metres-between"

export type Fix = Position & {
  /** Metres; null if the terminal did not say. */
  accuracyM: number | null
}

/** The last fixes of a terminal that were away from its store, in a row and near each other. */
export type Away = { fixes: number; last: Position }

/** A terminal has moved after so many fixes in a row away from its store. */
export const fixesToMove = 3
/** Where no accuracy is said. */
const usualAccuracyM = 30

/**
 * What a fix adds. A fix counts as away if it may lie outside the radius by twice its accuracy. One that is
 * less accurate than half the radius says nothing. Fixes that are far from each other are errors, or a
 * terminal on its way, and the count begins anew. Null: the terminal is at its store.
 */
export function awayAfter(
  fix: Fix,
  { away, store, radiusM }: { away: Away | null; store: Position; radiusM: number },
): Away | null {
  const accuracyM = fix.accuracyM ?? usualAccuracyM
  if (accuracyM > radiusM / 2) return away
  if (metresBetween(fix, store) <= radiusM - 2 * accuracyM) return null
  const isNear = away !== null && metresBetween(fix, away.last) <= radiusM
  return { fixes: isNear ? away.fixes + 1 : 1, last: fix }
}
