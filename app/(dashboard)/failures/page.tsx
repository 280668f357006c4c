import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { FailuresScreen } from "@/components/failures/failures-screen"
import {
  concentrationQuery,
  failuresQuery,
  loadFailuresView,
  matrixQuery,
  salesQuery,
  seriesQuery,
} from "@/components/failures/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { requireActor } from "@/lib/access/routes/page-actor"
import { findConcentration } from "@/lib/insight/concentration/find-concentration"
import { concentrationOptions } from "@/lib/insight/concentration/queries"
import { ConcentrationQuery } from "@/lib/insight/concentration/schemas"
import { listFailedSales } from "@/lib/insight/failed-sales/list-failed-sales"
import { failedSalesOptions } from "@/lib/insight/failed-sales/queries"
import { FailedSaleQuery } from "@/lib/insight/failed-sales/schemas"
import { failureMatrix } from "@/lib/insight/rates/failure-matrix"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { failureSeries } from "@/lib/insight/rates/failure-series"
import {
  failureMatrixOptions,
  failureRatesOptions,
  failureSeriesOptions,
  withBuckets,
} from "@/lib/insight/rates/queries"
import { FailureMatrixQuery, FailureRateQuery, FailureSeriesQuery } from "@/lib/insight/rates/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("failures"))("title"),
})

export default async function FailuresPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const view = await loadFailuresView(searchParams)
  const [rates, series, matrix, sales] = [
    failuresQuery(view),
    seriesQuery(view),
    matrixQuery(view),
    salesQuery(view),
  ]
  const ofSums = [
    seed(failureSeriesOptions(series), () =>
      failureSeries({ actor, query: FailureSeriesQuery.parse(withBuckets(series)) }),
    ),
  ]
  const ofStores = seed(failureMatrixOptions(matrix), () =>
    failureMatrix({ actor, query: FailureMatrixQuery.parse(matrix) }),
  )
  const followed = concentrationQuery(view)
  const ofFollowed = seed(concentrationOptions(followed), () =>
    findConcentration({ actor, query: ConcentrationQuery.parse(followed) }),
  )
  const ofSales = seed(failedSalesOptions(sales), () =>
    listFailedSales({ actor, query: FailedSaleQuery.parse(sales) }),
  )
  return (
    <Seeded
      seeds={[
        seed(failureRatesOptions(rates), () => failureRates({ actor, query: FailureRateQuery.parse(rates) })),
        ...{
          groups: ofSums,
          stores: [...ofSums, ofStores],
          followed: [...ofSums, ofFollowed],
          sales: [ofSales],
        }[view.show],
      ]}
    >
      <FailuresScreen />
    </Seeded>
  )
}
