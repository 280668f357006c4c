"use client"

import { Skeleton } from "@mantine/core"
import type { UseQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { ErrorState } from "@/components/ui/error-state"

/** What a list shows while it loads, when it failed, when there is nothing and when there is something. */
export function EntryList<Answer>({
  list,
  isEmpty,
  empty,
  children,
}: {
  list: UseQueryResult<Answer>
  isEmpty: (answer: Answer) => boolean
  empty: ReactNode
  children: (answer: Answer) => ReactNode
}) {
  return (
    <>
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.data === undefined && !list.isError ? <Skeleton height={160} /> : null}
      {list.data === undefined ? null : isEmpty(list.data) ? empty : children(list.data)}
    </>
  )
}
