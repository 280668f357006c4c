import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { LeagueScreen } from "@/components/league/league-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("league"),
})

export default async function LeaguePage() {
  await requireActor(paths.league, "fleet:read")
  return <LeagueScreen />
}
