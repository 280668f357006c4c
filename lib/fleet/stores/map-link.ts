import type { CoordinateSystem } from "@/lib/fleet/terminals/words"

type Position = { latitude: number; longitude: number; locale: string; coordinates?: CoordinateSystem }

/**
 * Where a map shows the position; nothing of it is loaded into our pages. Readers of Chinese get a map that is at home
 * in China, and so does a position in China's own coordinates.
 */
export const mapLink = ({ latitude, longitude, locale, coordinates = "wgs84" }: Position): string =>
  locale === "zh" || coordinates === "gcj02"
    ? `https://uri.amap.com/marker?position=${longitude},${latitude}&coordinate=${coordinates === "gcj02" ? "gaode" : "wgs84"}`
    : `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
