"use client"

import { Button } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { EmptyState } from "@/components/ui/empty-state"

/** A list without rows: nothing matches its filters, or there is nothing yet and `children` say how to begin. */
export function EmptyList({
  isFiltered,
  noMatch,
  none,
  onClear,
  children,
}: {
  isFiltered: boolean
  noMatch: string
  none: string
  onClear: () => void
  children?: ReactNode
}) {
  const t = useTranslations("list")
  if (!isFiltered) return <EmptyState title={none}>{children}</EmptyState>
  return (
    <EmptyState title={noMatch}>
      <Button size="xs" variant="light" onClick={onClear}>
        {t("clearFilters")}
      </Button>
    </EmptyState>
  )
}
