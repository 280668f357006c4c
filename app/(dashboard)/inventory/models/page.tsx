import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { ModelsScreen } from "@/components/models/models-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listModels } from "@/lib/fleet/models/list-models"
import { modelsOptions } from "@/lib/fleet/models/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("models"),
})

export default async function ModelsPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded seeds={[seed(modelsOptions(), () => listModels({ actor }))]}>
      <ModelsScreen mayWrite={may(actor, "catalogue:write")} />
    </Seeded>
  )
}
