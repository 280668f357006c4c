import { actionableFrom, readerMultiple } from "@/lib/run/simulation/world/effects"
import type { Run } from "@/lib/run/simulation/world/run"
import type { DeviceFault } from "@/lib/run/simulation/world/troubles"

export const impacts = ["high", "middle", "low"] as const
export type Impact = (typeof impacts)[number]

const [high, low] = [7, 2]

/** Failed sales a week that a fault adds, from the day on which it is worth a visit. */
function extraFailures({ parameters, fleet }: Run, fault: DeviceFault): number {
  const terminal = fleet.terminals[fault.terminal]
  const sales = 7 * (terminal?.salesPerDay ?? 0)
  switch (fault.cls) {
    case "comms":
      return sales * fault.chance * fault.shareOfDays
    case "reader": {
      const begin = actionableFrom(fault)
      const days = Math.max(1, Math.floor(fault.to - begin))
      let multiple = 0
      for (let day = 0; day < days; day += 1) multiple += readerMultiple(fault, begin + day) - 1
      const rate = (parameters.reads.byEntry[fault.reader] ?? 0) * (terminal?.reads[fault.reader] ?? 1)
      return (sales * (parameters.entryShares[fault.reader] ?? 0) * rate * multiple) / days
    }
    case "keys":
      return sales * 0.35
    case "pinpad":
      return sales * 0.07
    case "clock":
      return sales * 0.2
    case "dead":
      return sales
    case "crashes":
    case "slow":
      return low
  }
}

export const impactOf = (run: Run, fault: DeviceFault): Impact => {
  const extra = extraFailures(run, fault)
  return extra >= high ? "high" : extra >= low ? "middle" : "low"
}
