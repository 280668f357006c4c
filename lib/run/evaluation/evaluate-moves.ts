import gcoord from "gcoord"
import { quantile } from "@/lib/base/statistics/quantile"
import { coordinateSystems, type CoordinateSystem } from "@/lib/fleet/stores/words"
import { awayAfter, fixesToMove, type Away, type Fix } from "@/lib/insight/positions/away"
import type { Position } from "@/lib/insight/positions/metres-between"
import { Random } from "@/lib/run/simulation/random"
import { normal } from "@/lib/run/simulation/world/draws"

export type MoveFigures = {
  name: string
  moves: number
  /** Moves that were found with the third fix after them. */
  foundWithinThree: number
  /** Fixes after the move until nine in ten are found. */
  nineInTen: number | null
  weeksAtHome: number
  falseMoves: number
}

const terminals = 2_000
const weeksAtHome = 10
const fixesAWeek = 7 * 12
const radiusM = 500
const metresPerDegree = 111_195
/** Cities in China, where the two systems differ, and elsewhere. */
const cities: readonly [Place, ...Place[]] = [
  { lat: 31.23, lon: 121.47 },
  { lat: 39.9, lon: 116.4 },
  { lat: 23.13, lon: 113.26 },
  { lat: 30.57, lon: 104.07 },
  { lat: 50.11, lon: 8.68 },
]

/** How far fixes lie from the terminal, in metres along each axis, with the accuracy they say. */
type Kind = { spreadM: number; accuracyM: number | null }
type Kinds = readonly [readonly [Kind, number], ...(readonly [Kind, number])[]]
const exact: Kinds = [
  [{ spreadM: 30, accuracyM: 30 }, 50],
  [{ spreadM: 30, accuracyM: null }, 50],
]
const coarse = { spreadM: 1_000, accuracyM: 1_000 }
const wrong = { spreadM: 3_000, accuracyM: null }
const worlds: Record<string, Kinds> = {
  "30 m noise": exact,
  "and 5 % coarse, 1 % wrong fixes": [...exact, [coarse, 5], [wrong, 1]],
}

/**
 * Terminals that stay for ten weeks and then move by 500 m to 20 km: are the moves found, and no others?
 * Each fix, and each store, names one of the two coordinate systems.
 */
export function evaluateMoves(seed: number): MoveFigures[] {
  return Object.entries(worlds).map(([name, kinds]) => {
    const random = new Random("moves", seed, name)
    const delays: number[] = []
    let falseMoves = 0
    for (let i = 0; i < terminals; i += 1) {
      const city = random.pick(cities)
      const home = { lat: city.lat + 0.2 * random.unit(), lon: city.lon + 0.2 * random.unit() }
      const store = inSystem(home, random.pick(coordinateSystems))
      falseMoves += movesAtHome(random, { home, store, kinds })
      delays.push(fixesUntilFound(random, { home: moved(random, home), store, kinds }))
    }
    return {
      name,
      moves: terminals,
      foundWithinThree: delays.filter((fixes) => fixes <= fixesToMove).length,
      nineInTen: quantile(delays, 0.9),
      weeksAtHome: terminals * weeksAtHome,
      falseMoves,
    }
  })
}

type Place = { lat: number; lon: number }
type Stay = { home: Place; store: Position; kinds: Kinds }

function movesAtHome(random: Random, { home, store, kinds }: Stay): number {
  let away: Away | null = null
  let moves = 0
  for (let i = 0; i < weeksAtHome * fixesAWeek; i += 1) {
    away = awayAfter(fixAt(random, home, kinds), { away, store, radiusM })
    if (away?.fixes === fixesToMove) moves += 1
  }
  return moves
}

const mostFixes = 100

function fixesUntilFound(random: Random, { home, store, kinds }: Stay): number {
  let away: Away | null = null
  for (let fixes = 1; fixes <= mostFixes; fixes += 1) {
    away = awayAfter(fixAt(random, home, kinds), { away, store, radiusM })
    if (away?.fixes === fixesToMove) return fixes
  }
  return mostFixes
}

/** Up to 20 km away; as many moves between 500 m and 1 km as between 10 and 20 km. */
function moved(random: Random, home: Place): Place {
  return shifted(home, radiusM * 40 ** random.unit(), 2 * Math.PI * random.unit())
}

const shifted = ({ lat, lon }: Place, metres: number, direction: number): Place => ({
  lat: lat + (metres * Math.cos(direction)) / metresPerDegree,
  lon: lon + (metres * Math.sin(direction)) / (metresPerDegree * Math.cos((lat * Math.PI) / 180)),
})

function fixAt(random: Random, place: Place, kinds: Kinds): Fix {
  const { spreadM, accuracyM } = random.weighted(kinds)
  const north = shifted(place, spreadM * normal(random), 0)
  const noisy = shifted(north, spreadM * normal(random), Math.PI / 2)
  return { ...inSystem(noisy, random.pick(coordinateSystems)), accuracyM }
}

function inSystem({ lat, lon }: Place, coordinates: CoordinateSystem): Position {
  if (coordinates === "wgs84") return { lat, lon, coordinates }
  const [east, north] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
  return { lat: north, lon: east, coordinates }
}
