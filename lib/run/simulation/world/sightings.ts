import type { TerminalSums } from "@/lib/run/simulation/world/cells"

/** A card that a terminal could not read. */
export type Sighting = {
  card: string
  channel: "chip" | "contactless" | "magstripe"
  terminal: number
  day: number
  operator: string
  issuer: string
  entry: number
}
type Kept = Sighting & { isDropped: boolean }

const withinDays = 7
const keptDays = 2 * withinDays

/**
 * A failure of a card that fails in the same way at another terminal within a week is the card's, and is
 * taken from both terminals.
 */
export class Sightings {
  readonly #seen = new Map<string, Kept[]>()

  /** Adds sightings in the order in which they arrive, and answers what to take back. */
  corrections(sightings: Sighting[]): TerminalSums[] {
    const taken: TerminalSums[] = []
    for (const sighting of sightings) {
      const key = `${sighting.card}/${sighting.channel}`
      const before = (this.#seen.get(key) ?? []).filter(({ day }) => sighting.day - day <= keptDays)
      const kept = { ...sighting, isDropped: false }
      for (const other of before) {
        if (other.terminal === kept.terminal || Math.abs(other.day - kept.day) > withinDays) continue
        for (const one of [other, kept]) {
          if (!one.isDropped) taken.push(minusOne(one))
          one.isDropped = true
        }
      }
      this.#seen.set(key, [...before, kept])
    }
    return taken
  }

  /** Forgets cards that were not seen for two weeks. */
  forget(today: number): void {
    for (const [key, kept] of this.#seen)
      if (kept.every(({ day }) => today - day > keptDays)) this.#seen.delete(key)
  }
}

const minusOne = ({ terminal, day, operator, issuer, entry, channel }: Kept): TerminalSums => ({
  terminal,
  day,
  counted: null,
  durations: [],
  cells: [{ operator, issuer, entry, presentments: 0, failures: { [channel]: -1 } }],
})
