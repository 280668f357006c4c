import type { CoordinateSystem } from "@/lib/fleet/stores/words"

type Position = { latitude: number; longitude: number; locale: string; coordinates?: CoordinateSystem }

/**
 * Where a map shows the position; nothing of it is loaded into our pages. Readers of Chinese get a map that
 * is at home in China, and so does a position in China's own coordinates.
 */
export function mapLink({ latitude, longitude, locale, coordinates = "wgs84" }: Position): string {
  const system = coordinates === "gcj02" ? "gaode" : "wgs84"
  return locale === "zh" || coordinates === "gcj02"
    ? `https://uri.amap.com/marker?position=${longitude},${latitude}&coordinate=${system}`
    : `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
}
