import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ReleasesScreen } from "@/components/releases/releases-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("releases"),
})

export default async function ReleasesPage() {
  return (
    <ReleasesScreen mayWrite={may(await requireActor(paths.releases, "fleet:read"), "catalogue:write")} />
  )
}
