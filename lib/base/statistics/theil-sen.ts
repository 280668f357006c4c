import { studentT } from "@/lib/base/statistics/student-t"

export type Point = { x: number; y: number }
export type Line = {
  slope: number
  intercept: number
  /** Standard error of the slope. */
  slopeError: number
  /** Robust standard deviation of the residuals. */
  spread: number
  count: number
  meanX: number
  sumOfSquaresX: number
}

/** The 95 % point of the normal distribution: a 90 % interval. */
const z = 1.645
/** A median absolute deviation is worth as much as a standard deviation of 37 % of the points. */
const efficiency = 0.37
/** A normal distribution's standard deviation is 1.4826 times its median absolute deviation. */
const deviationFactor = 1.4826
/** Points further from the first line than this many standard deviations are left out of the second. */
const outlierAt = 4

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

/**
 * A line through points that tolerates outliers: the median of all pairs' slopes, fitted again without
 * points far off. Null if fewer than three points differ in x. P. K. Sen (1968), J. Am. Stat. Assoc.
 * 63:1379-1389.
 */
export function robustLine(points: Point[]): Line | null {
  const first = fit(points)
  if (!first || first.spread === 0) return first
  const isNear = ({ x, y }: Point) =>
    Math.abs(y - first.intercept - first.slope * x) <= outlierAt * first.spread
  return fit(points.filter(isNear)) ?? first
}

function fit(points: Point[]): Line | null {
  const slopes: number[] = []
  for (const [i, a] of points.entries())
    for (const b of points.slice(i + 1)) if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x))
  if (slopes.length < 3) return null
  const slope = median(slopes)
  const intercept = median(points.map(({ x, y }) => y - slope * x))
  const spread = deviationFactor * median(points.map(({ x, y }) => Math.abs(y - intercept - slope * x)))
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length
  const sumOfSquaresX = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const slopeError = spread / Math.sqrt(sumOfSquaresX)
  return { slope, intercept, slopeError, spread, count: points.length, meanX, sumOfSquaresX }
}

export type DueDate = { due: number; early: number | null; late: number | null }

/** A limit that a value must not fall below, or not rise above. */
export type Limit = { value: number; direction: "falling" | "rising" }

/**
 * When the line passes the limit, at or after `from`, with a 90 % interval for the mean's crossing. A bound
 * is null if the band never gets there. Null if the line runs away from the limit.
 */
export function dueAt(line: Line, { value, direction }: Limit, from: number): DueDate | null {
  const sign = direction === "falling" ? -1 : 1
  if ((line.intercept + line.slope * from - value) * sign >= 0) return { due: from, early: from, late: from }
  if (line.slope * sign <= 0) return null
  const due = (value - line.intercept) / line.slope
  const bounds = crossings(line, value)
  const early = bounds.findLast((x) => x <= due) ?? null
  const late = bounds.find((x) => x >= due) ?? null
  return { due, early: early === null ? null : Math.max(from, early), late }
}

/** Where the threshold leaves the band around the line: (a + bx - T)² = t²s²(1/n + (x - x̄)²/Sxx). */
function crossings(line: Line, threshold: number): number[] {
  const { slope, intercept, spread, count, meanX, sumOfSquaresX } = line
  const variance = (studentT(efficiency * count, z) * spread) ** 2
  const level = intercept + slope * meanX - threshold
  const a = slope * slope - variance / sumOfSquaresX
  const b = 2 * slope * level
  const c = level * level - variance / count
  const root = Math.sqrt(b * b - 4 * a * c)
  if (!Number.isFinite(root)) return []
  if (a === 0) return b === 0 ? [] : [meanX - c / b]
  return [meanX + (-b - root) / (2 * a), meanX + (-b + root) / (2 * a)].toSorted((p, q) => p - q)
}
