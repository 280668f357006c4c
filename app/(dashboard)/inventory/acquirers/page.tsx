import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { AcquirersScreen } from "@/components/acquirers/acquirers-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listAcquirers } from "@/lib/fleet/acquirers/list-acquirers"
import { acquirersOptions } from "@/lib/fleet/acquirers/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("acquirers"),
})

export default async function AcquirersPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded seeds={[seed(acquirersOptions(), () => listAcquirers({ actor }))]}>
      <AcquirersScreen mayWrite={may(actor, "catalogue:write")} />
    </Seeded>
  )
}
