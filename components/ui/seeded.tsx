import { dehydrate, HydrationBoundary, QueryClient, type DataTag, type QueryKey } from "@tanstack/react-query"
import type { ReactNode } from "react"

export type Seed = { queryKey: QueryKey; read: () => Promise<unknown> }

/** A query that a page runs on the server, with the key that the screen uses. */
export const seed = <Data,>(
  { queryKey }: { queryKey: DataTag<QueryKey, Data, Error> },
  read: () => Promise<Data>,
): Seed => ({ queryKey, read })

/**
 * A screen with the data that the server read for it. If a query fails, it is left out, so the browser
 * tries again and the screen shows the error.
 */
export async function Seeded({ seeds, children }: { seeds: readonly Seed[]; children: ReactNode }) {
  const client = new QueryClient()
  await Promise.all(
    seeds.map(({ queryKey, read }) => client.prefetchQuery({ queryKey, queryFn: read, retry: false })),
  )
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}
