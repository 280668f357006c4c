import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server"
import { isDay } from "@/lib/base/time/reader-day"
import { leagueGroupings, type LeagueGrouping } from "@/lib/outlook/league/words"

/** The search parameters of the league table. */
export const leagueView = {
  by: parseAsStringLiteral(leagueGroupings).withDefault("acquirer"),
  from: parseAsString,
  to: parseAsString,
}
export const loadLeagueView = createLoader(leagueView)

type View = { by: LeagueGrouping; from: string | null; to: string | null }

export const leagueQueryOf = ({ by, from, to }: View) => ({
  by,
  ...(isDay(from) ? { from } : {}),
  ...(isDay(to) ? { to } : {}),
})
