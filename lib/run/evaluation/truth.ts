import type { Facts, Fault } from "@/lib/run/evaluation/score-flags"
import { actionableFrom } from "@/lib/run/simulation/world/effects"
import { impactOf } from "@/lib/run/simulation/world/impact"
import type { Run } from "@/lib/run/simulation/world/run"
import type { DeviceFault } from "@/lib/run/simulation/world/troubles"

/** Classes that daily sums show: dead terminals are found by their silence. */
const shown: readonly DeviceFault["cls"][] = ["reader", "comms", "keys", "pinpad", "clock", "crashes", "slow"]

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
