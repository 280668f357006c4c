import type { Random } from "@/lib/run/simulation/random"
import { gammaFactor } from "@/lib/run/simulation/world/draws"

/** A terminal whose failures are known. Ages are months. */
export type Unit = {
  age: number
  /** The age that its wear shows: a repair takes off a fifth (Kijima's second model). */
  wear: number
  frailty: number
  /** The ages at which it failed. */
  failedAt: number[]
}

const shareOfLemons = 0.08
const lemonFactor = 4
const frailtyShape = 6
const repairLeaves = 0.8

/** Failures a month at this wear: many when new, few in between, ever more from the fifth year on. */
const rateAt = (wear: number): number => 0.04 * Math.exp(-wear / 3) + 0.011 + 0.055 * (wear / 60) ** 3

export const newUnit = (random: Random): Unit => ({
  age: 0,
  wear: 0,
  frailty: gammaFactor(random, frailtyShape) * (random.chance(shareOfLemons) ? lemonFactor : 1),
  failedAt: [],
})

/** One month passes. Returns whether the terminal failed in it and was repaired. */
export function passMonth(unit: Unit, random: Random): boolean {
  const fails = random.chance(1 - Math.exp(-unit.frailty * rateAt(unit.wear)))
  unit.age += 1
  unit.wear += 1
  if (fails) {
    unit.failedAt.push(unit.age)
    unit.wear *= repairLeaves
  }
  return fails
}
