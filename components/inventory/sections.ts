import {
  IconBuildingBank,
  IconBuildingStore,
  IconCalendarDollar,
  IconDeviceMobileCog,
  IconListNumbers,
  IconTrophy,
  IconTruckDelivery,
  IconVersions,
} from "@tabler/icons-react"
import type { Permission } from "@/lib/access/actor/permissions"
import { paths } from "@/lib/base/paths"

/** The pages of the inventory with their permissions. `within` is the path of the pages of single entries. */
export const sections = [
  {
    name: "places",
    href: paths.places,
    icon: IconBuildingStore,
    needs: "fleet:read",
    within: "/inventory/stores",
  },
  { name: "models", href: paths.models, icon: IconDeviceMobileCog, needs: "fleet:read" },
  { name: "replacements", href: paths.replacements, icon: IconCalendarDollar, needs: "fleet:read" },
  { name: "suppliers", href: paths.suppliers, icon: IconTruckDelivery, needs: "fleet:read" },
  { name: "releases", href: paths.releases, icon: IconVersions, needs: "fleet:read" },
  { name: "acquirers", href: paths.acquirers, icon: IconBuildingBank, needs: "fleet:read" },
  { name: "codeTables", href: paths.codeTables, icon: IconListNumbers, needs: "fleet:read" },
  { name: "league", href: paths.league, icon: IconTrophy, needs: "fleet:read" },
] as const satisfies readonly {
  name: string
  href: string
  icon: typeof IconBuildingStore
  needs: Permission
  within?: string
}[]
