import type { ReactNode } from "react"
import { Shell } from "@/components/shell/shell"
import { organisationName } from "@/lib/access/organisation-name"
import { requireActor } from "@/lib/access/page-actor"

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor("/")
  return <Shell organisation={await organisationName(actor)}>{children}</Shell>
}
