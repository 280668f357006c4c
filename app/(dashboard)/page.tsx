import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query"
import { OverviewScreen } from "@/components/overview/overview-screen"
import { WorkScreen } from "@/components/overview/work-screen"
import { may, permissionsOf } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { paths } from "@/lib/base/paths"
import { overview } from "@/lib/outlook/overview/overview"
import { overviewOptions } from "@/lib/outlook/overview/queries"
import { OverviewQuery } from "@/lib/outlook/overview/schemas"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function OverviewPage({ searchParams }: Props) {
  const actor = await requireActor(paths.overview, "account")
  if (!may(actor, "fleet:read")) return <WorkScreen />
  const { range } = await searchParams
  const query = OverviewQuery.safeParse({ range }).data ?? OverviewQuery.parse({})
  const queryClient = new QueryClient()
  queryClient.setQueryData(overviewOptions(query).queryKey, await overview({ actor, query }))
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OverviewScreen allowed={permissionsOf(actor)} />
    </HydrationBoundary>
  )
}
