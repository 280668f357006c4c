import { handler } from "@/lib/http/handler"
import { leagueTable } from "@/lib/league/league-table"
import { LeagueQuery, LeagueTable } from "@/lib/league/schemas"

export const GET = handler({
  may: "fleet:read",
  query: LeagueQuery,
  answer: LeagueTable,
  run: ({ actor, query }) => leagueTable({ actor, query }),
})
