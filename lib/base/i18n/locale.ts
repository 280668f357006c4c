export const locales = ["zh", "en"] as const
export type Locale = (typeof locales)[number]

export const localeCookie = "locale"
/** The time zone that a user chose instead of the organisation's. */
export const zoneCookie = "zone"

/** The first supported language of the browser. Chinese if none is supported. */
export function localeOf(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const wanted = [
    cookie ?? "",
    ...(acceptLanguage ?? "").split(",").map((part) => part.split(";")[0]?.trim() ?? ""),
  ]
  for (const language of wanted) {
    const known = locales.find((locale) => language.toLowerCase().split("-")[0] === locale)
    if (known) return known
  }
  return "zh"
}

/** The formats of a language. British English has 24 hours and the month's name: 29 Nov 2026, 17:45. */
export const formatsOf: Record<Locale, string> = { zh: "zh", en: "en-GB" }
