import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { IncidentsScreen } from "@/components/incidents/incidents-screen"
import { loadIncidentView } from "@/components/incidents/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { requireActor } from "@/lib/access/routes/page-actor"
import { given } from "@/lib/base/http/given"
import { listIncidents } from "@/lib/insight/incidents/list-incidents"
import { incidentListOptions } from "@/lib/insight/incidents/queries"
import { IncidentQuery } from "@/lib/insight/incidents/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("incidents"))("title"),
})

export default async function IncidentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const query = given(await loadIncidentView(searchParams))
  return (
    <Seeded
      seeds={[
        seed(incidentListOptions(query), () => listIncidents({ actor, query: IncidentQuery.parse(query) })),
      ]}
    >
      <IncidentsScreen />
    </Seeded>
  )
}
