import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import type { SearchParams } from "nuqs/server"
import { TrainingsScreen } from "@/components/trainings/trainings-screen"
import { loadTrainingView } from "@/components/trainings/view"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { given } from "@/lib/base/http/given"
import { listTrainings } from "@/lib/insight/trainings/list-trainings"
import { trainingsOptions } from "@/lib/insight/trainings/queries"
import { TrainingQuery } from "@/lib/insight/trainings/schemas"

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTranslations("trainings"))("title"),
})

export default async function TrainingsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor("fleet:read")
  const query = given(await loadTrainingView(searchParams))
  return (
    <Seeded
      seeds={[
        seed(trainingsOptions(query), () => listTrainings({ actor, query: TrainingQuery.parse(query) })),
      ]}
    >
      <TrainingsScreen mayWrite={may(actor, "inventory:write")} />
    </Seeded>
  )
}
