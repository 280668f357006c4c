import type { DemoTerminal } from "@/lib/run/simulation/fleet"

const hour = 3_600_000
const day = 24 * hour

/**
 * The faults of a terminal at an instant. The demo has one of every kind that Tillwatch detects. Their times
 * are relative to the start of the demo (`startedAt`, milliseconds since 1970).
 */
export type Faults = {
  /** The terminal sends nothing and sells nothing. */
  isDead: boolean
  /** Share of heartbeats that are lost. */
  beatLoss: number
  /** Extra chance that a sale fails for this cause. */
  chip: number
  contactless: number
  communication: number
  operator: { id: string; chance: number } | null
  issuer: { bin: string; chance: number } | null
  pinpadOk: boolean
  tamper: boolean
  noPaper: boolean
  batteryFade: number
  clockSlowMs: number
  app: string
  firmware: string
}

const currentApp = "5.2.1"
const badApp = "5.3.0"
const outageBin = "621700"

const wearPerDay = 0.012
const wearLimit = 0.25
const badAppLoss = 0.06

const wearDaysOf = (index: number, ago: number): number => (index === 4 ? Math.max(0, 20 - ago / day) : 0)
const badAppDaysOf = ({ index, model }: DemoTerminal, ago: number): number =>
  model === "TW-A9" && index % 2 === 0 ? Math.max(0, 6 - ago / day) : 0
const isFlaky = (index: number): boolean => index === 17

/**
 * Reads lost so far to wear and to the bad release, in days of reads: the chance of a loss summed over
 * time.
 */
export function lostReads(
  terminal: DemoTerminal,
  at: number,
  startedAt: number,
): { chip: number; contactless: number } {
  const ago = startedAt - at
  const wearDays = wearDaysOf(terminal.index, ago)
  const growing = Math.min(wearDays, wearLimit / wearPerDay)
  return {
    chip: (wearPerDay * growing * growing) / 2 + wearLimit * (wearDays - growing),
    contactless: badAppLoss * badAppDaysOf(terminal, ago),
  }
}

export const networkErrorsPerHour = ({ index }: DemoTerminal): number => (isFlaky(index) ? 3 : 0.1)

/** The faults of one terminal at an instant. */
export function faultsOf(terminal: DemoTerminal, at: number, startedAt: number): Faults {
  const { index, store } = terminal
  const ago = startedAt - at
  const hasBadApp = badAppDaysOf(terminal, ago) > 0
  const inStoreOutage = store.code === "MM03" && ago < 3 * day && ago > 3 * day - 5 * hour
  const inIssuerOutage = ago < 5 * day && ago > 5 * day - 6 * hour
  return {
    isDead: (index === 11 && ago < 30 * hour) || (index === 37 && ago < 14 * hour),
    beatLoss: inStoreOutage ? 1 : isFlaky(index) ? 0.3 : 0.01,
    chip: 0.004 + Math.min(wearLimit, wearDaysOf(index, ago) * wearPerDay),
    contactless: 0.005 + (hasBadApp ? badAppLoss : 0),
    communication: inStoreOutage ? 0.6 : isFlaky(index) ? 0.14 : 0.003,
    operator: store.code === "XY04" && ago < 12 * day ? { id: "02", chance: 0.22 } : null,
    issuer: inIssuerOutage ? { bin: outageBin, chance: 0.7 } : null,
    pinpadOk: !(index === 23 && ago < 2 * day),
    tamper: index === 31 && ago < 5 * hour,
    noPaper: index === 8 && ago < 3 * hour,
    batteryFade: index === 45 ? Math.min(45, Math.max(0, 30 - ago / day) * 0.9) : 0,
    clockSlowMs: index === 50 && ago < 0 ? 12 * 60_000 : 0,
    app: hasBadApp ? badApp : currentApp,
    firmware: index % 9 === 2 ? "2.0.9" : "2.1.4",
  }
}
