"use client"

import { Button } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { EmptyState } from "@/components/ui/empty-state"

/** An empty list: no row matches the filters, or there are none yet and `children` explain a first step. */
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
