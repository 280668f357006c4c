import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { SuppliersScreen } from "@/components/suppliers/suppliers-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("suppliers"),
})

export default async function SuppliersPage() {
  return (
    <SuppliersScreen mayWrite={may(await requireActor(paths.suppliers, "fleet:read"), "catalogue:write")} />
  )
}
