/** The ends of an axis and its marks. */
export type Scale = { domain: [number, number]; ticks: number[] }

/** An axis has about so many steps. */
const wantedSteps = 4
const roundSteps = [1, 2, 2.5, 5, 10]
const roundStepsOfCounts = [1, 2, 5, 10]

type Ends = {
  /** What the axis always has, such as 0 or a limit. */
  has?: readonly number[]
  /** Whether values are counts, so that no mark is between two. */
  isOfCounts?: boolean
}

/** An axis around all values, whose marks are round numbers. */
export function scaleOf(
  values: readonly (number | null)[],
  { has = [], isOfCounts = false }: Ends = {},
): Scale {
  const known = [...has, ...values.filter((value) => value !== null)]
  const low = known.length > 0 ? Math.min(...known) : 0
  const high = known.length > 0 ? Math.max(...known) : 0
  const step = stepOf(high > low ? high - low : Math.abs(high) || 1, isOfCounts)
  const first = Math.floor(tidy(low / step))
  const last = Math.max(first + 1, Math.ceil(tidy(high / step)))
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step))
  return { domain: [tidy(first * step), tidy(last * step)], ticks }
}

function stepOf(span: number, isOfCounts: boolean): number {
  const rough = isOfCounts ? Math.max(1, span / wantedSteps) : span / wantedSteps
  const power = 10 ** Math.floor(Math.log10(rough))
  const steps = isOfCounts ? roundStepsOfCounts : roundSteps
  return (steps.find((one) => tidy(one * power) >= tidy(rough)) ?? 10) * power
}

/** Without what binary fractions leave over. */
const tidy = (value: number) => Number(value.toPrecision(12))
