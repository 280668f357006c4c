"use client"

import { Progress, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { hrefOf, nameOf } from "@/components/failures/failure-columns"
import {
  concentrationQuery,
  linkWithin,
  type FailuresLink,
  type FailuresView,
} from "@/components/failures/view"
import { SimpleTable } from "@/components/tables/simple-table"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { expectedText } from "@/components/ui/expected"
import { Linked } from "@/components/ui/linked"
import { Panel } from "@/components/ui/panel"
import { percentText } from "@/components/ui/percent"
import { useStoreName } from "@/components/ui/store-name"
import { useGap } from "@/components/ui/use-language"
import { useNetworkName } from "@/components/ui/use-network-name"
import { concentrationOptions } from "@/lib/insight/concentration/queries"
import type { Concentration, ConcentrationQuery } from "@/lib/insight/concentration/schemas"
import type { Followed } from "@/lib/insight/concentration/words"

/** What the failures of the page's selection follow. */
export const FollowedOfView = ({ view }: { view: FailuresView }) => (
  <FollowedPanel query={concentrationQuery(view)} within={linkWithin(view)} />
)

/** What failures follow: card, terminal, issuer, cashier, store, release, entry mode or line. */
export function FollowedPanel({ query, within }: { query: ConcentrationQuery; within: FailuresLink }) {
  const t = useTranslations("followed")
  const found = useQuery(concentrationOptions(query))
  return (
    <Panel title={t("title")}>
      {found.data ? (
        <Content found={found.data} within={within} />
      ) : found.isError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Skeleton height={260} />
      )}
    </Panel>
  )
}

type Value = NonNullable<Concentration["dimensions"][number]["values"]>[number]

function Content({ found, within }: { found: Concentration; within: FailuresLink }) {
  const t = useTranslations("followed")
  const gap = useGap()
  const format = useFormatter()
  const nameIn = useName()
  const { best, runnerUp, failures, sales, isWhole } = found
  if (failures === 0) return <EmptyState title={t("nothing")} />
  const said = (one: NonNullable<Concentration["best"]>) => ({
    dimension: t(`dimensions.${one.dimension}`),
    name: nameIn(one.dimension, one),
    failures: one.failures,
    expected: one.expected,
    percent: percentText(format, one.share, 0),
  })
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600}>{best ? t("best", said(best)) : t("none")}</Text>
        {runnerUp ? (
          <Text size="sm" c="dimmed">
            {t("runnerUp", said(runnerUp))}
          </Text>
        ) : null}
      </div>
      <SimpleTable
        label={t("title")}
        minWidth={620}
        head={[
          { key: "dimension", title: t("dimension"), width: 110 },
          { key: "value", title: t("value") },
          { key: "failures", title: t("failures"), align: "right" },
          { key: "expected", title: t("expected"), align: "right" },
          { key: "sales", title: t("sales"), align: "right" },
          { key: "picture", title: t("picture"), width: 140 },
        ]}
        rows={found.dimensions.map(({ dimension, values }) => {
          const [first] = values ?? []
          const name = t(`dimensions.${dimension}`)
          if (!first) return { key: dimension, cells: [name, values ? "—" : t("tooMany")], isDimmed: true }
          return {
            key: dimension,
            cells: [
              name,
              <Linked key="value" href={hrefOfValue(dimension, first, within)}>
                {nameIn(dimension, first)}
              </Linked>,
              format.number(first.failures),
              expectedText(format, first.expected),
              format.number(first.sales),
              <Bars key="picture" value={first} all={failures} name={name} />,
            ],
          }
        })}
      />
      <Text size="xs" c="dimmed">
        {t("text", { failures, sales })}
        {gap}
        {isWhole ? null : t("newest", { failures })}
      </Text>
    </Stack>
  )
}

/** The share of all failures that a value has, above the share that is expected. */
function Bars({ value, all, name }: { value: Value; all: number; name: string }) {
  const t = useTranslations("followed")
  const colon = useTranslations("common")("colon")
  const percent = (count: number) => Math.min(100, (100 * count) / all)
  return (
    <Stack gap={2} miw={72}>
      <Progress
        size="sm"
        value={percent(value.failures)}
        color={value.score > 0 ? "red" : "blue"}
        aria-label={`${name}${colon}${t("failures")}`}
      />
      <Progress
        size="xs"
        value={percent(value.expected)}
        color="gray.6"
        aria-label={`${name}${colon}${t("expected")}`}
      />
    </Stack>
  )
}

type Named = { value: string | null; label: string | null }

const networkOf = (line: string | null) => line?.slice(line.indexOf(":") + 1) ?? ""

function useName(): (dimension: Followed, named: Named) => string {
  const t = useTranslations()
  const storeName = useStoreName()
  const networkName = useNetworkName()
  return (dimension, { value, label }) => {
    if (dimension === "card") return t("followed.oneCard")
    if (dimension === "line") return `${storeName(label ?? "")} · ${networkName(networkOf(value))}`
    return nameOf({ groupBy: dimension, value, label }, { t })
  }
}

const hrefOfValue = (dimension: Followed, { value }: Named, within: FailuresLink): string | null =>
  dimension === "card" || dimension === "line" ? null : hrefOf({ groupBy: dimension, value, within })
