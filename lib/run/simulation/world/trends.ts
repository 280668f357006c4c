import { midnight } from "@/lib/run/simulation/world/clock"
import type { Terminal } from "@/lib/run/simulation/world/fleet"
import type { Run } from "@/lib/run/simulation/world/run"

// What wears out or fills over months, in every so many terminals faster than in others.

const dayMs = 24 * 3_600_000
const fastBattery = { every: 50, at: 3, perDay: 0.4, worthVisitAt: 70 }
const fastStorage = { every: 60, at: 7, perDay: 0.4, worthVisitAt: 90 }
const usualFade = 0.03
const newBattery = 95
const mobileModels = [2, 3]

export const isMobile = ({ modelIndex }: Terminal): boolean => mobileModels.includes(modelIndex)
const isFast = ({ index }: Terminal, { every, at }: { every: number; at: number }) => index % every === at
const storageAtFirst = ({ index }: Terminal) => 30 + (index % 40)

/** In percent, `age` days after the first one. */
export const batteryHealth = (terminal: Terminal, age: number): number =>
  Math.max(0, Math.round(newBattery - (isFast(terminal, fastBattery) ? fastBattery.perDay : usualFade) * age))

export const storageUsed = (terminal: Terminal, age: number): number =>
  Math.min(97, storageAtFirst(terminal) + (isFast(terminal, fastStorage) ? fastStorage.perDay * age : 0))

/** The terminals in which it goes fast, as lines of the truth: from the first day on. */
export function trendLines({ fleet, parameters }: Run): Record<string, string>[] {
  const iso = (day: number) => new Date(midnight(parameters) + Math.ceil(day) * dayMs).toISOString()
  const line = (cls: string, { serial }: Terminal, days: number) => ({
    cls,
    terminal: serial,
    kind: "maintenance",
    from: iso(0),
    actionableFrom: iso(days),
  })
  const { terminals } = fleet
  return [
    ...terminals
      .filter((one) => isMobile(one) && isFast(one, fastBattery))
      .map((one) => line("battery", one, (newBattery - fastBattery.worthVisitAt) / fastBattery.perDay)),
    ...terminals
      .filter((one) => isFast(one, fastStorage))
      .map((one) =>
        line("storage", one, (fastStorage.worthVisitAt - storageAtFirst(one)) / fastStorage.perDay),
      ),
  ]
}
