import type { CoordinateSystem } from "@/lib/fleet/stores/words"

type Position = { latitude: number; longitude: number; locale: string; coordinates?: CoordinateSystem }

/**
 * A link to a map of the position. Our pages load nothing from the map. Chinese readers, and positions in
 * GCJ-02, get a Chinese map.
 */
export function mapLink({ latitude, longitude, locale, coordinates = "wgs84" }: Position): string {
  const system = coordinates === "gcj02" ? "gaode" : "wgs84"
  return locale === "zh" || coordinates === "gcj02"
    ? `https://uri.amap.com/marker?position=${longitude},${latitude}&coordinate=${system}`
    : `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
}
