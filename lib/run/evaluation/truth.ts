import type { Facts, Fault, Impact } from "@/lib/run/evaluation/score-flags"
import { actionableFrom, readerMultiple } from "@/lib/run/simulation/world/effects"
import type { Run } from "@/lib/run/simulation/world/run"
import type { DeviceFault } from "@/lib/run/simulation/world/troubles"

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

/** Classes that daily sums show: dead and slow terminals are found by other means. */
const shown: readonly DeviceFault["cls"][] = ["reader", "comms", "keys", "pinpad", "clock", "crashes"]

const faultsOf = (run: Run): Fault[] =>
  run.troubles.faults.map((fault) => ({
    terminal: fault.terminal,
    cls: fault.cls,
    from: fault.from,
    to: fault.to,
    actionable: actionableFrom(fault),
    impact: impactOf(run, fault),
    isFindable: shown.includes(fault.cls),
  }))

/**
 * What was true of a simulated fleet. Healthy are terminals that nothing was wrong with all the time; a
 * store's, issuer's or operator's trouble is not theirs.
 */
export function factsOfRun(run: Run): Facts {
  const { fleet, troubles, parameters } = run
  const faults = faultsOf(run)
  const ill = new Set(faults.map(({ terminal }) => terminal))
  for (const { installed } of troubles.badReleases) for (const terminal of installed.keys()) ill.add(terminal)
  return {
    burnIn: parameters.burnIn,
    days: parameters.days,
    faults,
    healthy: new Set(fleet.terminals.map(({ index }) => index).filter((index) => !ill.has(index))),
    hasBadRelease: (terminal, day) =>
      troubles.badReleases.some(({ installed }) => (installed.get(terminal) ?? Infinity) <= day),
  }
}
