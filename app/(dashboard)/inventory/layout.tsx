import type { ReactNode } from "react"
import { InventoryFrame } from "@/components/inventory/inventory-frame"
import { permissionsOf } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"

export default async function InventoryLayout({ children }: { children: ReactNode }) {
  return <InventoryFrame allowed={permissionsOf(await requireActor("fleet:read"))}>{children}</InventoryFrame>
}
