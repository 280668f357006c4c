const desk = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

export const schemes = ["light", "dark"] as const

/** Each page is loaded once in a visit, and pictured in both colour schemes. */
export const visits = [
  { name: "en-desk", language: "en", locale: "en-GB", viewport: desk },
  { name: "zh-desk", language: "zh", locale: "zh-CN", viewport: desk },
  { name: "en-phone", language: "en", locale: "en-GB", viewport: phone },
  { name: "zh-phone", language: "zh", locale: "zh-CN", viewport: phone },
] as const
export type Visit = (typeof visits)[number]
