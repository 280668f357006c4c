import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { AcquirersScreen } from "@/components/acquirers/acquirers-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("acquirers"),
})

export default async function AcquirersPage() {
  return (
    <AcquirersScreen mayWrite={may(await requireActor(paths.acquirers, "fleet:read"), "catalogue:write")} />
  )
}
