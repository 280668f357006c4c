import {
  IconApi,
  IconBuilding,
  IconHistory,
  IconKey,
  IconLogin2,
  IconSend,
  IconUserCircle,
  IconUsers,
} from "@tabler/icons-react"
import type { Permission } from "@/lib/access/actor/permissions"
import { paths } from "@/lib/base/paths"

/** The pages of the settings with their permissions. */
export const sections = [
  { name: "account", href: paths.account, icon: IconUserCircle, needs: "account" },
  { name: "users", href: paths.users, icon: IconUsers, needs: "users:manage" },
  { name: "signOn", href: paths.signOn, icon: IconLogin2, needs: "users:manage" },
  { name: "keys", href: paths.keys, icon: IconKey, needs: "keys:manage" },
  { name: "sendData", href: paths.sendData, icon: IconSend, needs: "ingest" },
  { name: "apiDocs", href: paths.apiDocs, icon: IconApi, needs: "account" },
  { name: "audit", href: paths.audit, icon: IconHistory, needs: "audit:read" },
  { name: "organisation", href: paths.organisation, icon: IconBuilding, needs: "organisation:manage" },
] as const satisfies readonly { name: string; href: string; icon: typeof IconUserCircle; needs: Permission }[]
