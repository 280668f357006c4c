"use client"

import { Alert, List } from "@mantine/core"
import { useTranslations } from "next-intl"
import { targets } from "@/lib/intake/imports/mapping/targets"
import type { LeftOutField } from "@/lib/intake/imports/runs/schemas"

type Props = { leftOut: readonly LeftOutField[] }

/** The fields that did not fit and were left out of records, with their counts. */
export function LeftOutList({ leftOut }: Props) {
  const t = useTranslations("imports")
  if (leftOut.length === 0) return null
  const label = (field: string) => {
    const target = targets.find((one) => one === field)
    return target ? t(`targets.${target}`) : field
  }
  return (
    <Alert color="yellow" role="status" title={t("leftOut")}>
      <List size="sm">
        {leftOut.map(({ field, reason, rows, example }) => (
          <List.Item key={`${field} ${reason}`}>
            {t("leftOutField", { field: label(field), count: rows, example })}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
