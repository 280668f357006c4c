"use client"

import { Checkbox } from "@mantine/core"
import { useTranslations } from "next-intl"

type Row = { getIsSelected: () => boolean; toggleSelected: (isSelected: boolean) => void }

export function RowCheckbox({ row, name }: { row: Row; name: string }) {
  const t = useTranslations("list")
  return (
    <Checkbox
      size="xs"
      checked={row.getIsSelected()}
      onChange={(event) => row.toggleSelected(event.currentTarget.checked)}
      aria-label={t("select", { name })}
    />
  )
}
