import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { OrganisationScreen } from "@/components/organisation/organisation-screen"
import { requireActor } from "@/lib/access/page-actor"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("settings"))("organisation"),
})

export default async function OrganisationPage() {
  await requireActor(paths.organisation, "organisation:manage")
  return <OrganisationScreen />
}
