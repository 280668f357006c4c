import type { ReactNode } from "react"
import { SettingsFrame } from "@/components/settings/settings-frame"
import { permissionsOf } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <SettingsFrame allowed={permissionsOf(await requireActor(paths.account, "account"))}>
      {children}
    </SettingsFrame>
  )
}
