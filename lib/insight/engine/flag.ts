import type { Component } from "@/lib/insight/engine/terms/signals"

/** What the engine knows of a terminal's component when it looks bad. */
export type Finding = {
  terminal: string
  component: Component
  /** The smallest p value of its tests, corrected for how many there are. */
  p: number
  /** Which test was the smallest. */
  test: "week" | "month" | "change"
  observed: number
  expected: number
  /** Observed over expected, shrunk to 1, with its 95 % interval. */
  ratio: number
  interval: [low: number, high: number]
  badDays: number
}

export type Candidate = { component: Component; nights: number }

export type Flag = Finding & {
  openedOn: number
  /** Nights in a row on which it looked healthy again. */
  healthyNights: number
  /** Whether the terminal stands alone, so that its store's line may be the cause as well. */
  isAlone: boolean
}
