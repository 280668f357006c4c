import type { ReactNode } from "react"
import { SettingsFrame } from "@/components/settings/settings-frame"
import { requireActor } from "@/lib/access/page-actor"
import { permissionsOf } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <SettingsFrame allowed={permissionsOf(await requireActor(paths.account, "account"))}>
      {children}
    </SettingsFrame>
  )
}
