import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { seed, Seeded } from "@/components/ui/seeded"
import { RatiosScreen } from "@/components/verdicts/ratios-screen"
import { requireActor } from "@/lib/access/routes/page-actor"
import { verdictRatiosOptions } from "@/lib/insight/verdicts/queries"
import { showRatios } from "@/lib/insight/verdicts/show-ratios"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("verdictRatios"))("title"),
})

export default async function EvidencePage() {
  const actor = await requireActor("fleet:read")
  return (
    <Seeded seeds={[seed(verdictRatiosOptions(), () => showRatios({ actor }))]}>
      <RatiosScreen />
    </Seeded>
  )
}
