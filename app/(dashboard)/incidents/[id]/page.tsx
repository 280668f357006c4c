import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { notFound } from "next/navigation"
import { cache } from "react"
import { IncidentScreen } from "@/components/incidents/incident-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { getIncident } from "@/lib/insight/incidents/get-incident"
import { incidentOptions } from "@/lib/insight/incidents/queries"
import { IncidentId } from "@/lib/insight/incidents/schemas"

type Props = { params: Promise<{ id: string }> }

/** Reads actor and incident once for title and page. */
const read = cache(async (id: string) => {
  const actor = await requireActor("fleet:read")
  const parsed = IncidentId.safeParse({ id })
  if (!parsed.success) notFound()
  const incident = await getIncident({ actor, incidentId: parsed.data.id }).catch(orNotFound)
  return { actor, incident }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { incident } = await read((await params).id)
  return { title: (await getTranslations("incidents"))(`classes.${incident.class}`) }
}

export default async function IncidentPage({ params }: Props) {
  const { actor, incident } = await read((await params).id)
  return (
    <Seeded seeds={[seed(incidentOptions(incident.id), () => Promise.resolve(incident))]}>
      <IncidentScreen incidentId={incident.id} canChange={may(actor, "catalogue:write")} />
    </Seeded>
  )
}
