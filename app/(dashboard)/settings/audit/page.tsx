import type { Metadata } from "next"
import { redirect } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { AuditScreen } from "@/components/audit/audit-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTranslations("settings"))("audit") })

export default async function AuditPage() {
  const actor = await requireActor(paths.audit)
  if (!may(actor, "audit:read")) redirect(paths.account)
  return <AuditScreen />
}
