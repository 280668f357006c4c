import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { FailuresScreen } from "@/components/failures/failures-screen"
import { failuresQuery, loadFailuresView } from "@/components/failures/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { requireActor } from "@/lib/access/routes/page-actor"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { failureRatesOptions } from "@/lib/insight/rates/queries"
import { FailureRateQuery } from "@/lib/insight/rates/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("failures"))("title"),
})

export default async function FailuresPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const query = failuresQuery(await loadFailuresView(searchParams))
  return (
    <Seeded
      seeds={[
        seed(failureRatesOptions(query), () => failureRates({ actor, query: FailureRateQuery.parse(query) })),
      ]}
    >
      <FailuresScreen />
    </Seeded>
  )
}
