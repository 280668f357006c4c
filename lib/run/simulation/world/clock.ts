import { DateTime } from "luxon"
import { Random } from "@/lib/run/simulation/random"
import type { Parameters } from "@/lib/run/simulation/world/parameters"

const hourMs = 3_600_000

/** A run's day in the stores' zone: 20260302. */
export const dateOf = ({ startOn, zone }: Parameters, day: number): string =>
  DateTime.fromISO(startOn, { zone }).plus({ days: day }).toFormat("yyyyMMdd")

/** A moment of a store's opening hours, as milliseconds. The zone has no summer time. */
export function instantOf(
  { parameters }: { parameters: Parameters },
  { opens, closes }: { opens: number; closes: number },
  moment: number,
): number {
  const day = Math.floor(moment)
  const start = midnight(parameters) + day * 24 * hourMs
  return Math.round(start + (opens + (closes - opens) * (moment - day)) * hourMs)
}

/** Worked out once, because every record asks. */
const begins = new WeakMap<Parameters, number>()

/** The begin of the first day. */
export function midnight(parameters: Parameters): number {
  const { startOn, zone } = parameters
  const begin = begins.get(parameters) ?? DateTime.fromISO(startOn, { zone }).toMillis()
  begins.set(parameters, begin)
  return begin
}

/** The share of a day's opening hours that has passed at an instant. */
export function shareOfDay(
  { parameters }: { parameters: Parameters },
  { opens, closes }: { opens: number; closes: number },
  { day, at }: { day: number; at: number },
): number {
  const hours = (at - midnight(parameters)) / hourMs - day * 24
  return Math.min(1, Math.max(0, (hours - opens) / (closes - opens)))
}

/** Hours of no store in particular, for what happens at many. */
export const anyHours = { opens: 9, closes: 21 }

const mostWrongMs = 3_600_000

/** By how much a terminal's clock is wrong on a day: always, from a day on, or more each day. */
export function clockError(
  { parameters, seed }: { parameters: Parameters; seed: number },
  terminal: number,
  day: number,
): number {
  const share = parameters.complete?.wrongClocks ?? 0
  if (share === 0) return 0
  const random = new Random(seed, "clock", terminal)
  if (!random.chance(share)) return 0
  const error = (random.below(7_200) / 3_600 - 1) * mostWrongMs
  const since = random.below(parameters.days)
  const grown = random.pick([1, day >= since ? 1 : 0, (day + 1) / parameters.days])
  return Math.round(error * grown)
}
