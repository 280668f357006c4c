import { getLocale } from "next-intl/server"
import type { Locale } from "@/lib/base/i18n/locale"

/** The reader's language, on the server. */
export const readerLanguage = async (): Promise<Locale> => ((await getLocale()) === "zh" ? "zh" : "en")
