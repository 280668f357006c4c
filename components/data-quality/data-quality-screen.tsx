"use client"

import { Anchor, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { SparkLine } from "@/components/charts/spark-line"
import { SimpleTable } from "@/components/tables/simple-table"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import { dataQualityOptions } from "@/lib/outlook/data-quality/queries"
import type { DataQuality } from "@/lib/outlook/data-quality/schemas"
import type { QualityKind } from "@/lib/outlook/data-quality/words"

/** Where each fault is mended. Null: not here. */
const fixedAt: Record<QualityKind, string | null> = {
  quarantined: paths.quarantine,
  pending: withQuery(paths.terminals, { status: "pending" }),
  unmapped_code: paths.codeTables,
  sales_gap: withQuery(paths.places, { lacks: "sales" }),
  clock_drift: withQuery(paths.terminals, { clock: "wrong", sort: "clock", order: "desc" }),
  counter_resets: withQuery(paths.terminals, { counters: "reset" }),
  alike: withQuery(paths.terminals, { alike: "true" }),
  unassigned: withQuery(paths.terminals, { lacks: "store" }),
  terminal_without_model: withQuery(paths.terminals, { lacks: "model" }),
  store_without_hours: withQuery(paths.places, { lacks: "hours" }),
  store_without_position: withQuery(paths.places, { lacks: "position" }),
  duplicates: null,
}

/** What is wrong with the data, how it went on, and where it is mended. */
export function DataQualityScreen() {
  const t = useTranslations("dataQuality")
  const quality = useQuery(dataQualityOptions())
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")} />
      {quality.isError ? <ErrorState onRetry={() => void quality.refetch()} /> : null}
      {quality.isPending ? <Skeleton height={400} /> : null}
      {quality.data ? (
        <Panel title={t("kindsTitle")}>
          <Kinds rows={quality.data.data} />
        </Panel>
      ) : null}
    </Stack>
  )
}

function Kinds({ rows }: { rows: DataQuality["data"] }) {
  const t = useTranslations("dataQuality")
  const format = useFormatter()
  const hasDays = rows.some(({ days }) => days.length > 1)
  return (
    <SimpleTable
      label={t("kindsTitle")}
      hasRowHeads
      head={[
        { key: "kind", title: t("columns.kind") },
        { key: "count", title: t("columns.count"), align: "right" },
        ...(hasDays ? [{ key: "days", title: t("columns.days"), isForWide: true as const }] : []),
        { key: "fix", title: t("columns.fix"), isForWide: true },
      ]}
      rows={rows.map(({ kind, count, isExact, days }) => ({
        key: kind,
        isDimmed: count === 0,
        cells: [
          <Stack key="kind" gap={0}>
            {t(`kinds.${kind}`)}
            <Text size="xs" c="dimmed" fw={400}>
              {t(`why.${kind}`)}
            </Text>
            {count === 0 ? null : (
              <Text size="sm" fw={400} hiddenFrom="sm" component="div">
                <Fix kind={kind} />
              </Text>
            )}
          </Stack>,
          `${format.number(count)}${isExact ? "" : "+"}`,
          ...(hasDays ? [<Trend key="days" kind={kind} days={days} />] : []),
          count === 0 ? t("good") : <Fix key="fix" kind={kind} />,
        ],
      }))}
    />
  )
}

function Fix({ kind }: { kind: QualityKind }) {
  const text = useTranslations("dataQuality")(`fixes.${kind}`)
  const href = fixedAt[kind]
  if (href === null) return text
  return (
    <Anchor component={Link} href={href} size="sm">
      {text}
    </Anchor>
  )
}

function Trend({ kind, days }: Pick<DataQuality["data"][number], "kind" | "days">) {
  const t = useTranslations("dataQuality")
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || first === last) return "—"
  return (
    <SparkLine
      days={days.map(({ on, count }) => ({ day: on, value: count }))}
      name={t("trendOf", { kind: t(`kinds.${kind}`), first: first.count, last: last.count })}
    />
  )
}
