import type { ReactNode } from "react"
import { InventoryFrame } from "@/components/inventory/inventory-frame"
import { permissionsOf } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export default async function InventoryLayout({ children }: { children: ReactNode }) {
  return (
    <InventoryFrame allowed={permissionsOf(await requireActor(paths.places, "fleet:read"))}>
      {children}
    </InventoryFrame>
  )
}
