import { useLocale } from "next-intl"
import type { Locale } from "@/lib/base/i18n/locale"

/** The reader's language. `useLocale` also names the country whose formats are used. */
export const useLanguage = (): Locale => (useLocale() === "zh" ? "zh" : "en")

/** What stands between two sentences: a space, and nothing in Chinese. */
export const useGap = (): string => (useLanguage() === "zh" ? "" : " ")
