import { dehydrate, HydrationBoundary, QueryClient, type DataTag, type QueryKey } from "@tanstack/react-query"
import type { ReactNode } from "react"

export type Seed = { queryKey: QueryKey; read: () => Promise<unknown> }

/** What a page reads on the server under the key by which its screen reads it. */
export const seed = <Data,>(
  { queryKey }: { queryKey: DataTag<QueryKey, Data, Error> },
  read: () => Promise<Data>,
): Seed => ({ queryKey, read })

/**
 * A screen with what the server has read for it. What could not be read is left out: the browser asks for it, and
 * the screen shows what went wrong.
 */
export async function Seeded({ seeds, children }: { seeds: readonly Seed[]; children: ReactNode }) {
  const client = new QueryClient()
  await Promise.all(
    seeds.map(({ queryKey, read }) => client.prefetchQuery({ queryKey, queryFn: read, retry: false })),
  )
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>
}
