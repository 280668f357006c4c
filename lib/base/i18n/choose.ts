import type { Locale } from "@/lib/base/i18n/locale"

/** Stores the reader's language or time zone. Null is the organisation's zone. */
export async function choose(choice: { locale: Locale } | { timeZone: string | null }): Promise<void> {
  const response = await fetch("/locale", {
    method: "POST",
    body: JSON.stringify(choice),
    headers: { "content-type": "application/json" },
  })
  if (!response.ok) throw new Error(`The choice was not stored: ${response.status}`)
}
