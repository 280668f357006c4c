import { median, type Point } from "@/lib/base/statistics/theil-sen"

/** So many weeks at least are on each side of a step. */
const side = 4
/** So many likely places of a step are tried. */
const places = 3
/** Two lines must fit better than one by the usual error of so many weeks. */
const clearlyBetter = 8

/**
 * Where the values begin anew after a swap or a recalibration: the index after a step, or 0. Two parallel
 * lines with a step between them are compared with one line, by the sum of absolute errors.
 */
export function lastStep(points: readonly Point[]): number {
  if (points.length < 2 * side) return 0
  const one = errorsOf([points])
  const best = likelyPlaces(points)
    .map((at) => ({ at, errors: errorsOf([points.slice(0, at), points.slice(at)]) }))
    .toSorted((a, b) => sum(a.errors) - sum(b.errors))[0]
  if (!best) return 0
  const gain = sum(one) - sum(best.errors)
  return gain > clearlyBetter * median(best.errors) ? best.at : 0
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The places with the largest jumps between the weeks before and after. */
function likelyPlaces(points: readonly Point[]): number[] {
  const level = (from: number, to: number) => median(points.slice(from, to).map(({ y }) => y))
  const jumpAt = (at: number) => Math.abs(level(at, at + side) - level(at - side, at))
  return Array.from({ length: points.length - 2 * side + 1 }, (_, i) => i + side)
    .map((at) => ({ at, jump: jumpAt(at) }))
    .toSorted((a, b) => b.jump - a.jump)
    .slice(0, places)
    .map(({ at }) => at)
}

/** Absolute errors of parallel lines, each through its part: the slope is the median within the parts. */
function errorsOf(parts: readonly (readonly Point[])[]): number[] {
  const slopes = parts.flatMap((part) =>
    part.flatMap((a, i) => part.slice(i + 1).map((b) => (b.y - a.y) / (b.x - a.x))),
  )
  const slope = median(slopes)
  return parts.flatMap((part) => {
    const rest = part.map(({ x, y }) => y - slope * x)
    const level = median(rest)
    return rest.map((y) => Math.abs(y - level))
  })
}
