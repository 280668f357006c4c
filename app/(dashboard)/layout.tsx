import type { ReactNode } from "react"
import { Shell } from "@/components/shell/shell"
import { actorOfUser } from "@/lib/access/authenticate"
import { organisationName } from "@/lib/access/organisation-name"
import { pageUser } from "@/lib/access/page-actor"

// Each page sends visitors to sign in, and knows where they come back to; the layout only dresses the page.
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const user = await pageUser()
  if (!user || user.must_change_password) return children
  return <Shell organisation={await organisationName(actorOfUser(user))}>{children}</Shell>
}
