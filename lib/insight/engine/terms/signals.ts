import { kinds } from "@/lib/fleet/code-packs/kind"

/** What is counted beside failed sales, each with the number of times it could have happened. */
export const counters = ["chipReads", "tapReads", "swipeReads", "crashes", "slowSales"] as const
export type Counter = (typeof counters)[number]

/** A series of observed and expected counts of each terminal. */
export const signals = [...kinds, ...counters] as const
export type Signal = (typeof signals)[number]

export const signalCount = signals.length
export const kindCount = kinds.length
export const indexOf = (signal: Signal): number => signals.indexOf(signal)

/** Whether the terminal counts it itself, whoever works at it and however its store does. */
export const isOwnCount = (signal: number): boolean => signal >= kindCount && signals[signal] !== "slowSales"

/** Failures of which so many in a night are an alarm. */
export const alarmKinds = ["tech", "chip", "contactless", "magstripe"] as const

/** What can be wrong with a terminal, and which signals speak of it. */
export const signalsOf = {
  communication: ["tech"],
  chip: ["chip", "chipReads"],
  contactless: ["contactless", "tapReads"],
  magstripe: ["magstripe", "swipeReads"],
  keys: ["keys"],
  pinpad: ["pin"],
  clock: ["expired"],
  app: ["crashes"],
  speed: ["slowSales"],
} as const satisfies Record<string, readonly Signal[]>

export type Component = keyof typeof signalsOf
export const components = Object.keys(signalsOf).filter((name): name is Component => name in signalsOf)
export const componentCount = components.length

/** The signals of each component, as numbers. */
export const signalIndexes: readonly (readonly number[])[] = components.map((name) =>
  signalsOf[name].map((signal) => indexOf(signal)),
)

/**
 * Of what a terminal's tests may be wrong about together, the share of each component: common faults most.
 */
export const shareOf = {
  communication: 3,
  chip: 3,
  contactless: 3,
  magstripe: 1,
  keys: 1,
  pinpad: 1,
  clock: 1,
  app: 1,
  speed: 1,
} as const satisfies Record<Component, number>
