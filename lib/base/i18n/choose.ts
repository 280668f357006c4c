import type { Locale } from "@/lib/base/i18n/locale"

/** Stores the reader's language or time zone. Null is the organisation's zone. */
export const choose = (choice: { locale: Locale } | { timeZone: string | null }): Promise<Response> =>
  fetch("/locale", {
    method: "POST",
    body: JSON.stringify(choice),
    headers: { "content-type": "application/json" },
  })
