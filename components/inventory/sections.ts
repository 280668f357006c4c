import { IconBuildingStore } from "@tabler/icons-react"
import type { Permission } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

/** The pages of the inventory, and who may open them. */
export const sections = [
  { name: "places", href: paths.places, icon: IconBuildingStore, needs: "fleet:read" },
] as const satisfies readonly { name: string; href: string; icon: typeof IconBuildingStore; needs: Permission }[]
