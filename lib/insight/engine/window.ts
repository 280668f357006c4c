// What was counted in the last weeks: seven days one by one, and what is older by week, so that a night costs
// the same however long the history is. A month is 28 to 34 days.

export const dayCells = 7
export const weekCells = 4
const cells = dayCells + weekCells
export const monthDays = 28

const dayCell = (night: number) => night % dayCells
const weekCell = (night: number) => dayCells + (Math.floor(night / dayCells) % weekCells)

/**
 * Makes room for a night: the day that is a week old joins its week, and the oldest week is cleared when a
 * new one begins. Then writes the night's values, one for each series.
 */
export function pushNight(values: Float32Array, tonight: (series: number) => number, night: number): void {
  const day = dayCell(night)
  const isLeaving = night >= dayCells
  const week = isLeaving ? weekCell(night - dayCells) : 0
  const isNewWeek = isLeaving && night % dayCells === 0
  for (let series = 0; series * cells < values.length; series += 1) {
    const base = series * cells
    if (isNewWeek) values[base + week] = 0
    if (isLeaving) values[base + week] = (values[base + week] ?? 0) + (values[base + day] ?? 0)
    values[base + day] = tonight(series)
  }
}

export function weekSum(values: Float32Array, series: number): number {
  const base = series * cells
  let sum = 0
  for (let i = base; i < base + dayCells; i += 1) sum += values[i] ?? 0
  return sum
}

export function monthSum(values: Float32Array, series: number): number {
  const base = series * cells
  let sum = 0
  for (let i = base; i < base + cells; i += 1) sum += values[i] ?? 0
  return sum
}

/** One of the last seven days, `ago` nights before this one. */
export const dayValue = (values: Float32Array, series: number, night: number, ago = 0): number =>
  values[series * cells + dayCell(night - ago + dayCells)] ?? 0

/** Whether the week before last has just become complete, and its sum for a series. */
export const endsWeek = (night: number): boolean => night >= 2 * dayCells && night % dayCells === 0
export const endedWeekSum = (values: Float32Array, series: number, night: number): number =>
  values[series * cells + weekCell(night - 2 * dayCells)] ?? 0

export const clearSeries = (values: Float32Array, series: number): void => {
  values.fill(0, series * cells, (series + 1) * cells)
}
