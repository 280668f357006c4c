import type { ReactNode } from "react"
import { SettingsFrame } from "@/components/settings/settings-frame"
import { permissionsOf } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  return <SettingsFrame allowed={permissionsOf(await requireActor("account"))}>{children}</SettingsFrame>
}
