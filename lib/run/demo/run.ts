import { DateTime } from "luxon"
import { midnight, shareOfDay } from "@/lib/run/simulation/world/clock"
import { complete, defaults, type Parameters } from "@/lib/run/simulation/world/parameters"
import { makeRun, type Run } from "@/lib/run/simulation/world/run"
import { fewestDaysSeen, perFleet, type DeviceFault } from "@/lib/run/simulation/world/troubles"

// The demo is a run of the simulator: a small fleet in which more goes wrong than usual, so that there is
// something to see of every kind.

export const demoZone = defaults.zone
/** How many days before its start the demo has data. */
export const demoDays = 30
/** With it, most kinds of faults and troubles are found within the thirty days. */
const seed = 158
const terminals = 60
/** One in the whole fleet. */
const one = perFleet / terminals

const parametersOf = (startOn: string): Parameters => ({
  ...defaults,
  terminals,
  days: demoDays + fewestDaysSeen,
  burnIn: 8,
  startOn,
  storeSizeMean: Number.POSITIVE_INFINITY,
  storeSizeMost: 3,
  storesOfMerchant: 7,
  closedOnSundays: 0,
  salesPerDay: { ...defaults.salesPerDay, median: 23, storeSigma: 0.4 },
  faults: { wear: 2 * one, sudden: one, communication: one, intermittent: one, badRelease: 1 },
  badVersion: { component: "app", version: "5.3.0" },
  confounders: {
    storeOutages: 2 * one,
    storeLines: one,
    untrained: 2 * one,
    cardTesting: one,
    issuerOutages: 2,
    issuerDegraded: 1,
  },
  // Windows of time are sent, and each has all of its records.
  late: 0,
  complete: {
    ...complete,
    faults: { keys: one, pinpad: one, dead: 2 * one, clock: one, crashes: one, slow: one },
    acquirerOutages: 1,
    carrierOutages: 1,
    maintenanceWindows: 1,
    // Catalogue and clocks are scripted.
    wrongClocks: 0,
    relocations: 0,
    newStores: 0,
  },
})

/** How long before the start of the demo its two dead terminals died, so that they are news. */
const deadForHours = [30, 14]
const hourMs = 3_600_000

/** The demo's run. What has not ended when troubles stop to begin goes on for ever. */
export function demoRun(startedAt: number): Run {
  const startOn = DateTime.fromMillis(startedAt, { zone: demoZone }).minus({ days: demoDays }).toISODate()
  const run = makeRun(parametersOf(startOn ?? ""), seed)
  const dead = run.troubles.faults.filter(({ cls }) => cls === "dead")
  const lasting = (fault: DeviceFault): DeviceFault => {
    const hours = deadForHours[dead.indexOf(fault)]
    if (hours !== undefined)
      return {
        ...fault,
        from: momentAt(run, fault, startedAt - hours * hourMs),
        to: Number.POSITIVE_INFINITY,
      }
    return fault.to < run.parameters.days ? fault : { ...fault, to: Number.POSITIVE_INFINITY }
  }
  return {
    ...run,
    parameters: { ...run.parameters, days: Number.POSITIVE_INFINITY },
    troubles: { ...run.troubles, faults: run.troubles.faults.map(lasting) },
  }
}

/** The day of an instant. */
export const dayAt = ({ parameters }: Run, at: number): number =>
  Math.floor((at - midnight(parameters)) / (24 * hourMs))

/** An instant as a moment of the opening hours of a faulty terminal's store. */
function momentAt(run: Run, { terminal }: DeviceFault, at: number): number {
  const store = run.fleet.terminals[terminal]?.store
  const day = dayAt(run, at)
  return store ? day + shareOfDay(run, store, { day, at }) : day
}
