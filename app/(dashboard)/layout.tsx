import { headers } from "next/headers"
import type { ReactNode } from "react"
import { Shell } from "@/components/shell/shell"
import { permissionsOf } from "@/lib/access/actor/permissions"
import { organisationOf } from "@/lib/access/organisation/own-organisation"
import { actorOfUser } from "@/lib/access/routes/authenticate"
import { pageUser } from "@/lib/access/routes/page-actor"

// Pages redirect visitors to sign in, because they know where to return. The layout only adds the navigation.
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await pageUser()
  if (!user || user.must_change_password) return children
  const allowed = permissionsOf(actorOfUser(user, new Headers(await headers())))
  const { name, timeZone } = await organisationOf(user.org_id)
  return (
    <Shell organisation={name} timeZone={timeZone} allowed={allowed} reader={user.id}>
      {children}
    </Shell>
  )
}
