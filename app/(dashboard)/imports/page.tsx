import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ImportsScreen } from "@/components/imports/imports-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("imports"))("title"),
})

export default async function ImportsPage() {
  const actor = await requireActor(paths.imports, "imports:read")
  return <ImportsScreen mayImport={may(actor, "imports:write")} />
}
