import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { DataQualityScreen } from "@/components/data-quality/data-quality-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { requireActor } from "@/lib/access/routes/page-actor"
import { dataQuality } from "@/lib/outlook/data-quality/data-quality"
import { dataQualityOptions } from "@/lib/outlook/data-quality/queries"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("inventory"))("dataQuality"),
})

export default async function DataQualityPage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded seeds={[seed(dataQualityOptions(), () => dataQuality({ actor }))]}>
      <DataQualityScreen />
    </Seeded>
  )
}
