import sql from "sql-template-tag"
import type { UsualWeek } from "@/lib/insight/silence/usual-week"

/** The usual week of a terminal where it is now, for statements that read `st` and its store as `p`. */
export type WeekRow = { usual_hours: number[] | null; beats_per_hour: number | null }

export const weekColumns = sql`w.hours as usual_hours, w.beats_per_hour`
export const withWeeks = sql`
  left join usual_week w on w.terminal_id = st.terminal_id and w.store_id = p.store_id`

export const weekOf = ({ usual_hours: hours, beats_per_hour: beatsPerHour }: WeekRow): UsualWeek | null =>
  hours === null || beatsPerHour === null ? null : { hours, beatsPerHour }
