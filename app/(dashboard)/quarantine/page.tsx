import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { QuarantineScreen } from "@/components/quarantine/quarantine-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("quarantine"))("title"),
})

export default async function QuarantinePage() {
  const actor = await requireActor(paths.quarantine, "quarantine:read")
  return <QuarantineScreen mayReplay={may(actor, "quarantine:write")} />
}
