import { useFormatter } from "next-intl"
import { weekdays, type Weekday } from "@/lib/fleet/stores/words"

// Any Monday.
const monday = Date.UTC(2026, 0, 5)

/** Names of the weekdays in the reader's language. */
export function useDayNames(): Record<Weekday, string> {
  const format = useFormatter()
  return Object.fromEntries(
    weekdays.map((day, i) => [
      day,
      format.dateTime(new Date(monday + i * 86_400_000), { weekday: "long", timeZone: "UTC" }),
    ]),
  ) as Record<Weekday, string>
}
