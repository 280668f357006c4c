import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { SuppliersScreen } from "@/components/suppliers/suppliers-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listSuppliers } from "@/lib/fleet/suppliers/list-suppliers"
import { suppliersOptions } from "@/lib/fleet/suppliers/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("suppliers"),
})

export default async function SuppliersPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded seeds={[seed(suppliersOptions(), () => listSuppliers({ actor }))]}>
      <SuppliersScreen mayWrite={may(actor, "catalogue:write")} />
    </Seeded>
  )
}
