import { headers } from "next/headers"
import type { ReactNode } from "react"
import { Shell } from "@/components/shell/shell"
import { permissionsOf } from "@/lib/access/actor/permissions"
import { organisationName } from "@/lib/access/organisation/organisation-name"
import { actorOfUser } from "@/lib/access/routes/authenticate"
import { pageUser } from "@/lib/access/routes/page-actor"

// Each page sends visitors to sign in, and knows where they come back to; the layout only dresses the page.
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await pageUser()
  if (!user || user.must_change_password) return children
  const allowed = permissionsOf(actorOfUser(user, new Headers(await headers())))
  return (
    <Shell organisation={await organisationName(user.org_id)} allowed={allowed}>
      {children}
    </Shell>
  )
}
