import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { newestIncidents } from "@/components/incidents/view"
import { OverviewScreen } from "@/components/overview/overview-screen"
import { WorkScreen } from "@/components/overview/work-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may, permissionsOf } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listIncidents } from "@/lib/insight/incidents/list-incidents"
import { incidentListOptions } from "@/lib/insight/incidents/queries"
import { overview } from "@/lib/outlook/overview/overview"
import { overviewOptions } from "@/lib/outlook/overview/queries"
import { OverviewQuery } from "@/lib/outlook/overview/schemas"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const readActor = () => requireActor("account")

export async function generateMetadata(): Promise<Metadata> {
  const name = may(await readActor(), "fleet:read") ? "overview" : "work"
  return { title: (await getTranslations(name))("title") }
}

export default async function OverviewPage({ searchParams }: Props) {
  const actor = await readActor()
  if (!may(actor, "fleet:read")) return <WorkScreen />
  const newest = newestIncidents()
  const { range } = await searchParams
  const query = OverviewQuery.safeParse({ range }).data ?? OverviewQuery.parse({})
  return (
    <Seeded
      seeds={[
        seed(overviewOptions(query), () => overview({ actor, query })),
        seed(incidentListOptions(newest), () => listIncidents({ actor, query: newest })),
      ]}
    >
      <OverviewScreen allowed={permissionsOf(actor)} />
    </Seeded>
  )
}
