type Position = { latitude: number; longitude: number; locale: string }

/**
 * Where a map shows the position; nothing of it is loaded into our pages. Readers of Chinese get a map that
 * is at home in China.
 */
export const mapLink = ({ latitude, longitude, locale }: Position): string =>
  locale === "zh"
    ? `https://uri.amap.com/marker?position=${longitude},${latitude}&coordinate=wgs84`
    : `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
