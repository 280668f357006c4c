import { wilsonInterval } from "@/lib/base/statistics/wilson"
import type { FailureMatrix } from "@/lib/insight/rates/schemas"

type Cell = FailureMatrix["stores"][number]["cells"][number]

const leastOf = (cell: Cell): number =>
  cell === null ? 0 : (wilsonInterval(cell.failures, cell.attempts)?.[0] ?? 0)

/**
 * How warm each cell of each store is, from 0 to 1: the rate that it has at least (the lower end of its 95%
 * interval), compared with the highest of all. So a cell with a single sale is not the warmest.
 */
export function heatOf({ stores }: Pick<FailureMatrix, "stores">): number[][] {
  const least = stores.map(({ cells }) => cells.map(leastOf))
  const most = Math.max(0, ...least.flat())
  return least.map((cells) => cells.map((value) => (most === 0 ? 0 : value / most)))
}
