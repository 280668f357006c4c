import type { ReactNode } from "react"
import { InventoryFrame } from "@/components/inventory/inventory-frame"
import { requireActor } from "@/lib/access/page-actor"
import { permissionsOf } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export default async function InventoryLayout({ children }: { children: ReactNode }) {
  return (
    <InventoryFrame allowed={permissionsOf(await requireActor(paths.places, "fleet:read"))}>
      {children}
    </InventoryFrame>
  )
}
