import { IconBuildingStore } from "@tabler/icons-react"
import type { Permission } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

/** The pages of the inventory, and who may open them; `within` is where what they list has its own pages. */
export const sections = [
  { name: "places", href: paths.places, icon: IconBuildingStore, needs: "fleet:read", within: "/inventory/stores" },
] as const satisfies readonly { name: string; href: string; icon: typeof IconBuildingStore; needs: Permission; within?: string }[]
