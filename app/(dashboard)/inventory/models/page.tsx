import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ModelsScreen } from "@/components/models/models-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { paths } from "@/lib/paths"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("models"),
})

export default async function ModelsPage() {
  return <ModelsScreen mayWrite={may(await requireActor(paths.models, "fleet:read"), "catalogue:write")} />
}
