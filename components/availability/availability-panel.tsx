"use client"

import { Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { percentText } from "@/components/ui/percent"
import type { RangeName } from "@/lib/base/time/range-names"
import { availabilityOptions } from "@/lib/insight/availability/queries"
import { availabilities, lossCauses } from "@/lib/insight/availability/words"

const lossColumn = { align: "right", isLeftOutAtZero: true } as const

type Of = { range: RangeName; terminal?: number; store?: number }

/** How available terminals were, in three ways, and what was lost to which cause. */
export function AvailabilityPanel(of: Of) {
  const t = useTranslations("availability")
  return (
    <Panel title={t("title")}>
      <AvailabilityTable {...of} />
    </Panel>
  )
}

function AvailabilityTable(of: Of) {
  const t = useTranslations("availability")
  const format = useFormatter()
  const availability = useQuery(availabilityOptions(of))
  const { data } = availability
  if (!data)
    return availability.isError ? (
      <ErrorState onRetry={() => void availability.refetch()} />
    ) : (
      <Skeleton height={160} />
    )
  if (availabilities.every((name) => data[name].total === 0))
    return <EmptyState title={t("none")}>{t("noneText")}</EmptyState>
  const percent = (share: number | null) => percentText(format, share, 2)
  return (
    <Stack gap="xs">
      <SimpleTable
        label={t("title")}
        minWidth={760}
        head={[
          { key: "what", title: t("what"), width: 200 },
          { key: "share", title: t("share"), align: "right" },
          ...lossCauses.map((cause) => ({ ...lossColumn, key: cause, title: t(`lost.${cause}`) })),
          { key: "total", title: t("of"), align: "right" },
        ]}
        rows={availabilities.map((name) => {
          const { total, lost, share } = data[name]
          const lostTo = lossCauses.map((cause) => percent(total === 0 ? null : lost[cause] / total))
          const unit = name === "authorisation" ? t("sales", { count: total }) : t("hours", { count: total })
          return { key: name, cells: [t(`names.${name}`), percent(share), ...lostTo, unit] }
        })}
      />
      <Text size="xs" c="dimmed">
        {t("note")}
      </Text>
    </Stack>
  )
}
