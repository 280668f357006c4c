import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { SuppliersScreen } from "@/components/suppliers/suppliers-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("suppliers"),
})

export default async function SuppliersPage() {
  return (
    <SuppliersScreen mayWrite={may(await requireActor(paths.suppliers, "fleet:read"), "catalogue:write")} />
  )
}
