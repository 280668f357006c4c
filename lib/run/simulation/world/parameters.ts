// What a simulated fleet is made of. A sigma is the standard deviation of the logarithm of a factor.

export const entryModes = ["contactless", "chip", "swipe", "manual"] as const
export type EntryMode = (typeof entryModes)[number]
/** One number for each entry mode, in the order of `entryModes`. */
type ByEntry = readonly [contactless: number, chip: number, swipe: number, manual: number]

export const defaults = {
  terminals: 2000,
  days: 90,
  /** Days before the evaluation begins. Faults begin after them. */
  burnIn: 30,
  /** The first day, in the stores' zone. */
  startOn: "2026-03-02",
  zone: "Asia/Shanghai",

  issuers: 12,
  issuerTiltShape: 4,
  modelShares: [0.3, 0.25, 0.18, 0.12, 0.09, 0.06],
  firmwareShares: [0.55, 0.3, 0.15],
  storeSizeMean: 4,
  storeSizeMost: 15,
  /** Stores of one merchant, which all have one acquirer. */
  storesOfMerchant: 12,
  operatorsLeast: 2,
  operatorsMost: 6,
  /** Share of a terminal's day that its first operator works. */
  firstOperatorShare: 0.6,
  closedOnSundays: 0.3,

  salesPerDay: { median: 40, storeSigma: 0.7, terminalSigma: 0.4, daySigma: 0.15 },
  /** Monday to Sunday. */
  weekdays: [0.8, 0.9, 0.95, 1, 1.2, 1.35, 0.8],
  entryShares: [0.62, 0.32, 0.05, 0.01] as ByEntry,

  issuerDeclines: {
    rate: 0.035,
    byEntry: [0.8, 1.1, 2, 2] as ByEntry,
    issuerSigma: 0.35,
    storeSigma: 0.25,
    daySigma: 0.06,
  },
  userFailures: { rate: 0.01, byEntry: [0.5, 1.6, 1.5, 1.5] as ByEntry, operatorSigma: 0.25 },
  technical: { rate: 0.004, issuerSigma: 0.3, storeSigma: 0.45, terminalSigma: 0.25 },
  reads: {
    byEntry: [0.006, 0.008, 0.03, 0] as ByEntry,
    modelSigma: 0.25,
    firmwareSigma: 0.1,
    terminalSigma: 0.4,
    /** A terminal's own factor stays within this many sigmas. */
    terminalLimit: 2,
    storeSigma: 0,
    daySigma: 0.25,
    /** Daily steps of a random walk of the terminal's own factor. */
    driftSigma: 0,
    byOperator: [0.0015, 0.004, 0.006, 0] as ByEntry,
  },
  badCards: {
    byEntry: [0.0008, 0.005, 0.01, 0] as ByEntry,
    attemptsMost: 6,
    attemptsGoOn: 0.45,
    /** Share of their failures whose card fails at another terminal within a week. */
    seenElsewhere: 0.35,
  },
  /** Shares of failures that are logged as what they are. */
  logging: { reads: 0.8, operator: 0.5, communication: 0.92, outage: 0.8 },
  /** Errors of readers as they count themselves, a read: of the terminal, and of cards and hands. */
  counters: {
    ofTerminal: [0.02, 0.03, 0.05] as const,
    ofOthers: [0.006, 0.015, 0.02] as const,
    overdispersion: 0.35,
  },

  /** How many there are among 2,000 terminals. */
  faults: { wear: 60, sudden: 20, communication: 30, intermittent: 10, badRelease: 1 },
  badVersion: { component: "firmware" as "firmware" | "app", version: "2.5.0" },
  confounders: {
    storeOutages: 40,
    storeLines: 8,
    untrained: 25,
    cardTesting: 20,
    /** These do not grow with the fleet. */
    issuerOutages: 6,
    issuerDegraded: 1,
  },
  late: 0.03,
  /** Whether sales name their cards. */
  hasCards: true,

  /** What the figures to reach leave out: see `complete`. */
  complete: null as Complete | null,
}

export type Complete = {
  faults: { keys: number; pinpad: number; dead: number; clock: number; crashes: number; slow: number }
  acquirerOutages: number
  carrierOutages: number
  duplicates: number
  replayedDays: number
  wrongClocks: number
  /** Visits after so many days: in some nothing is found, and some repairs change nothing. */
  repairs: { share: number; effect: number; noFaultFound: number; days: [number, number] }
  relocations: number
  newStores: number
  maintenanceWindows: number
  withoutOperator: number
  withoutBin: number
  /** Whether each acquirer has its own codes. */
  dialects: boolean
}

export type Parameters = typeof defaults

/** Much more noise than the engine's defaults expect. */
export const stressed = (base: Parameters): Parameters => ({
  ...base,
  technical: { ...base.technical, storeSigma: 0.6 },
  reads: { ...base.reads, terminalSigma: 0.6, storeSigma: 0.3, daySigma: 0.5, driftSigma: 0.03 },
  badCards: { ...base.badCards, seenElsewhere: 0.1 },
  logging: { ...base.logging, reads: 0.65, operator: 0.35 },
  counters: { ...base.counters, overdispersion: 0.5 },
})

/** What a real fleet has beside what the figures to reach were measured on. */
export const complete: Complete = {
  faults: { keys: 10, pinpad: 10, dead: 20, clock: 6, crashes: 10, slow: 10 },
  acquirerOutages: 2,
  carrierOutages: 2,
  duplicates: 0.005,
  replayedDays: 0.0005,
  wrongClocks: 0.01,
  repairs: { share: 0.5, effect: 0.8, noFaultFound: 0.1, days: [14, 35] },
  relocations: 0.01,
  newStores: 0.03,
  maintenanceWindows: 4,
  withoutOperator: 0.1,
  withoutBin: 0.02,
  dialects: true,
}

export const completed = (base: Parameters): Parameters => ({ ...base, complete })
