import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ReleasesScreen } from "@/components/releases/releases-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("releases"),
})

export default async function ReleasesPage() {
  return (
    <ReleasesScreen mayWrite={may(await requireActor(paths.releases, "fleet:read"), "catalogue:write")} />
  )
}
