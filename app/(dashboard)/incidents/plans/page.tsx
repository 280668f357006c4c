import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { PlansScreen } from "@/components/incidents/plans-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listPlans } from "@/lib/insight/incidents/change-plans"
import { planListOptions } from "@/lib/insight/incidents/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("incidents"))("plans"),
})

export default async function PlansPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded seeds={[seed(planListOptions(), () => listPlans({ actor }))]}>
      <PlansScreen canChange={may(actor, "catalogue:write")} />
    </Seeded>
  )
}
