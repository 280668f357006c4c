"use client"

import { Skeleton } from "@mantine/core"
import type { UseQueryResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { ErrorState } from "@/components/ui/error-state"

/** A list in its states: loading, error, empty or with entries. */
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
