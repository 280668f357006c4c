import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { OrganisationScreen } from "@/components/organisation/organisation-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { getOrganisation } from "@/lib/access/organisation/change-organisation"
import { organisationOptions } from "@/lib/access/organisation/queries"
import { requireActor } from "@/lib/access/routes/page-actor"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("organisation"),
})

export default async function OrganisationPage() {
  const actor = await requireActor("organisation:manage")
  return (
    <Seeded seeds={[seed(organisationOptions(), () => getOrganisation({ actor }))]}>
      <OrganisationScreen />
    </Seeded>
  )
}
