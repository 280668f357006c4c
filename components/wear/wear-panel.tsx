"use client"

import { ScrollArea, SegmentedControl, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import dynamic from "next/dynamic"
import { useState } from "react"
import { ChartFrame } from "@/components/charts/chart-frame"
import { scaleOf } from "@/components/charts/prepare/scale"
import { wearPicture } from "@/components/charts/prepare/wear-points"
import { dayStyle } from "@/components/charts/style"
import { dayText } from "@/components/ui/day-text"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { wearOptions } from "@/lib/insight/trends/queries"
import type { Wear, WearOfSignal } from "@/lib/insight/trends/schemas"
import { boundsOf, hasDueDate, type Signal } from "@/lib/insight/trends/words"

const height = 220
const WearLine = dynamic(() => import("@/components/charts/wear-line").then((module) => module.WearLine), {
  ssr: false,
  loading: () => <Skeleton height={height} />,
})

/** What wears out at a terminal by week, with its limit, trend and due date. */
export function WearPanel({ terminalId }: { terminalId: number }) {
  const t = useTranslations("wear")
  const wear = useQuery(wearOptions(terminalId))
  return (
    <Panel title={t("title")}>
      {wear.data ? (
        <Stack gap="xs">
          <Signals signals={wear.data.signals} />
          <Resets resets={wear.data.resets} />
        </Stack>
      ) : wear.isError ? (
        <ErrorState onRetry={() => void wear.refetch()} />
      ) : (
        <Skeleton height={height} />
      )}
    </Panel>
  )
}

function Signals({ signals }: { signals: readonly WearOfSignal[] }) {
  const t = useTranslations("wear")
  const [chosen, setChosen] = useState<Signal | null>(null)
  const shown = signals.find(({ signal }) => signal === chosen) ?? signals[0]
  if (!shown) return <EmptyState title={t("nothing")}>{t("nothingText")}</EmptyState>
  return (
    <Stack gap="xs">
      <ScrollArea type="never">
        <SegmentedControl
          size="xs"
          value={shown.signal}
          onChange={(value) => setChosen(signals.find(({ signal }) => signal === value)?.signal ?? null)}
          data={signals.map(({ signal }) => ({ value: signal, label: t(`signals.${signal}`) }))}
          aria-label={t("signal")}
        />
      </ScrollArea>
      <OfSignal shown={shown} />
    </Stack>
  )
}

function OfSignal({ shown }: { shown: WearOfSignal }) {
  const t = useTranslations("wear")
  const format = useFormatter()
  const number = (value: number) => format.number(value, { maximumFractionDigits: 1 })
  const label = (week: string) => dayText(format, week, dayStyle)
  const { points, due } = wearPicture(shown)
  const scale = scaleOf(
    points.flatMap(({ value, line }) => [value, line]),
    { has: [shown.limit] },
  )
  const name = t(`signals.${shown.signal}`)
  const shownNumber = (value: number | null) => (value === null ? "—" : number(value))
  return (
    <>
      <DueText {...shown} />
      <ChartFrame
        name={name}
        height={height}
        header={[t("week"), name, t("trend")]}
        rows={points.toReversed().map(({ week, value, line }) => ({
          key: week,
          cells: [dayText(format, week), shownNumber(value), shownNumber(line)],
        }))}
      >
        <WearLine
          points={points}
          due={due}
          limit={shown.limit}
          scale={scale}
          names={{ value: name, line: t("trend"), limit: t("limit", { limit: number(shown.limit) }) }}
          label={label}
          number={number}
        />
      </ChartFrame>
    </>
  )
}

/** When counters began anew: a part was swapped, or the terminal wiped. */
function Resets({ resets }: { resets: Wear["resets"] }) {
  const t = useTranslations("wear")
  const format = useFormatter()
  return resets.map(({ on, counters }) => (
    <Text key={on} size="sm" c="dimmed">
      {t("reset", {
        on: dayText(format, on),
        counters: format.list(counters.map((name) => t(`counters.${name}`))),
      })}
    </Text>
  ))
}

/** When the limit is reached, or why nobody can say. */
function DueText({ signal, trend }: WearOfSignal) {
  const t = useTranslations("wear")
  const tFlags = useTranslations("flags")
  const format = useFormatter()
  if (!trend || !hasDueDate(signal))
    return (
      <Text size="sm" c="dimmed">
        {t(hasDueDate(signal) ? "noTrend" : "noDate")}
      </Text>
    )
  const { on, early, late } = trend
  const bounds = { early: dayText(format, early ?? on), late: dayText(format, late ?? on) }
  return (
    <Text size="sm">
      {t("due", { on: dayText(format, on), bounds: tFlags(`bounds.${boundsOf(trend)}`, bounds) })}
    </Text>
  )
}
