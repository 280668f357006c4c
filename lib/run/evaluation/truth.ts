import { actionableFrom, readerMultiple } from "@/lib/run/simulation/world/effects"
import type { Run } from "@/lib/run/simulation/world/run"
import type { DeviceFault } from "@/lib/run/simulation/world/troubles"

export const impacts = ["high", "middle", "low"] as const
export type Impact = (typeof impacts)[number]

/** A fault that a method should find: it is worth a visit for a week at least. */
export type TrueFault = {
  terminal: number
  cls: DeviceFault["cls"]
  from: number
  to: number
  actionable: number
  impact: Impact
}

const fewestDays = 7
const [high, low] = [7, 2]

/** Failed sales a week that a fault adds, from the day on which it is worth a visit. */
export function extraFailures({ parameters, fleet }: Run, fault: DeviceFault): number {
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

const impactOf = (extra: number): Impact => (extra >= high ? "high" : extra >= low ? "middle" : "low")

/** Classes that daily sums show: dead and slow terminals are found by other means. */
const shown: readonly DeviceFault["cls"][] = ["reader", "comms", "keys", "pinpad", "clock", "crashes"]

export const trueFaults = (run: Run): TrueFault[] =>
  run.troubles.faults
    .filter(({ cls }) => shown.includes(cls))
    .map((fault) => ({
      terminal: fault.terminal,
      cls: fault.cls,
      from: fault.from,
      to: fault.to,
      actionable: actionableFrom(fault),
      impact: impactOf(extraFailures(run, fault)),
    }))

export const isScorable = ({ parameters }: Run, { actionable, to }: TrueFault): boolean =>
  actionable >= parameters.burnIn && Math.min(parameters.days, to) - actionable >= fewestDays

/**
 * Terminals that nothing was wrong with all the time; a store's, issuer's or operator's trouble is not
 * theirs.
 */
export function healthyTerminals({ fleet, troubles }: Run): Set<number> {
  const ill = new Set(troubles.faults.map(({ terminal }) => terminal))
  for (const { installed } of troubles.badReleases) for (const terminal of installed.keys()) ill.add(terminal)
  return new Set(fleet.terminals.map(({ index }) => index).filter((index) => !ill.has(index)))
}
