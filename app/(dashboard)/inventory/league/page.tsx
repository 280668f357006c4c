import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { LeagueScreen } from "@/components/league/league-screen"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("league"),
})

export default async function LeaguePage() {
  await requireActor(paths.league, "fleet:read")
  return <LeagueScreen />
}
