import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query"
import { OverviewScreen } from "@/components/overview/overview-screen"
import { WorkScreen } from "@/components/work/work-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may, permissionsOf } from "@/lib/access/permissions"
import { overview } from "@/lib/overview/overview"
import { overviewOptions } from "@/lib/overview/queries"
import { OverviewQuery } from "@/lib/overview/schemas"
import { paths } from "@/lib/paths"

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
