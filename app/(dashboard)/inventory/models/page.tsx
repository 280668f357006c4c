import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ModelsScreen } from "@/components/models/models-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("models"),
})

export default async function ModelsPage() {
  return <ModelsScreen mayWrite={may(await requireActor(paths.models, "fleet:read"), "catalogue:write")} />
}
