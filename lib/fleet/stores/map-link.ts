type Position = { latitude: number; longitude: number; locale: string }

/**
 * A link to a map of the position. Our pages load nothing from the map. Chinese readers get a Chinese map.
 */
export const mapLink = ({ latitude, longitude, locale }: Position): string =>
  locale === "zh"
    ? `https://uri.amap.com/marker?position=${longitude},${latitude}&coordinate=wgs84`
    : `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
