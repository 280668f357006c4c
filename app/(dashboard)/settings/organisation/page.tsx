import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { OrganisationScreen } from "@/components/organisation/organisation-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("organisation"),
})

export default async function OrganisationPage() {
  await requireActor(paths.organisation, "organisation:manage")
  return <OrganisationScreen />
}
