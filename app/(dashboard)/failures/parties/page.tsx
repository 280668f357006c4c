import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { PartiesScreen } from "@/components/parties/parties-screen"
import { loadPartiesView, partiesQuery } from "@/components/parties/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listParties } from "@/lib/insight/parties/list-parties"
import { partiesOptions } from "@/lib/insight/parties/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("parties"))("title"),
})

export default async function PartiesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const query = partiesQuery(await loadPartiesView(searchParams))
  return (
    <Seeded seeds={[seed(partiesOptions(query), () => listParties({ actor, query }))]}>
      <PartiesScreen />
    </Seeded>
  )
}
