import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { LeagueScreen } from "@/components/league/league-screen"
import { leagueQueryOf, loadLeagueView } from "@/components/league/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { leagueTable } from "@/lib/outlook/league/league-table"
import { leagueOptions } from "@/lib/outlook/league/queries"
import { LeagueQuery } from "@/lib/outlook/league/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("league"),
})

export default async function LeaguePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const query = leagueQueryOf(await loadLeagueView(searchParams))
  return (
    <Seeded
      seeds={[seed(leagueOptions(query), () => leagueTable({ actor, query: LeagueQuery.parse(query) }))]}
    >
      <LeagueScreen mayWrite={may(actor, "catalogue:write")} />
    </Seeded>
  )
}
