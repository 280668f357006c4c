import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { OrganisationScreen } from "@/components/organisation/organisation-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("settings"))("organisation") })

export default async function OrganisationPage() {
  const actor = await requireActor(paths.organisation)
  if (!may(actor, "organisation:manage")) redirect(paths.account)
  return <OrganisationScreen />
}
