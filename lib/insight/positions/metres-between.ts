import gcoord from "gcoord"
import type { CoordinateSystem } from "@/lib/fleet/stores/words"

export type Position = { lat: number; lon: number; coordinates: CoordinateSystem }

const earthRadiusM = 6_371_008.8
const radians = Math.PI / 180

/**
 * Metres on the ground. Positions of two coordinate systems are compared in GCJ-02, which within China is up
 * to 700 m beside WGS-84, and elsewhere the same.
 */
export function metresBetween(a: Position, b: Position): number {
  if (a.coordinates !== b.coordinates) return metresBetween(inGcj02(a), inGcj02(b))
  const [latA, latB] = [a.lat * radians, b.lat * radians]
  const halfLat = Math.sin((latB - latA) / 2)
  const halfLon = Math.sin(((b.lon - a.lon) * radians) / 2)
  const chord = halfLat ** 2 + Math.cos(latA) * Math.cos(latB) * halfLon ** 2
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(chord)))
}

function inGcj02({ lat, lon, coordinates }: Position): Position {
  if (coordinates === "gcj02") return { lat, lon, coordinates }
  const [east, north] = gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02)
  return { lat: north, lon: east, coordinates: "gcj02" }
}
