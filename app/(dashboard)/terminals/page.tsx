import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { TerminalsScreen } from "@/components/terminals/terminals-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("terminals"))("title"),
})

export default async function TerminalsPage() {
  const actor = await requireActor(paths.terminals, "fleet:read")
  const canChange = may(actor, "inventory:write")
  return <TerminalsScreen canChange={canChange} canImport={canChange && may(actor, "imports:write")} />
}
