import { handler } from "@/lib/access/routes/handler"
import { leagueTable } from "@/lib/outlook/league/league-table"
import { LeagueQuery, LeagueTable } from "@/lib/outlook/league/schemas"

export const GET = handler({
  may: "fleet:read",
  query: LeagueQuery,
  answer: LeagueTable,
  run: ({ actor, query }) => leagueTable({ actor, query }),
})
