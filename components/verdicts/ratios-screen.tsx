"use client"

import { Box, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { CauseBadge } from "@/components/ui/badges"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { verdictRatiosOptions } from "@/lib/insight/verdicts/queries"
import type { VerdictRatios } from "@/lib/insight/verdicts/ratio-schemas"

/** What evidence weighs for and against causes: as shipped, and as findings have taught. */
export function RatiosScreen() {
  const t = useTranslations("verdictRatios")
  const ratios = useQuery(verdictRatiosOptions())
  if (!ratios.data)
    return ratios.isError ? <ErrorState onRetry={() => void ratios.refetch()} /> : <Skeleton height={400} />
  const { data, versions } = ratios.data
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")} />
      <Panel title={t("weights")}>
        <Weights rows={data} />
      </Panel>
      <Panel title={t("versions")}>
        <Versions versions={versions} />
      </Panel>
    </Stack>
  )
}

/** On phones, the cause and the findings are below the evidence. */
function Weights({ rows }: { rows: VerdictRatios["data"] }) {
  const t = useTranslations("verdictRatios")
  const colon = useTranslations("common")("colon")
  const format = useFormatter()
  const weight = (value: number) =>
    format.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const count = (value: number) => format.number(Math.round(value))
  return (
    <SimpleTable
      hasRowHeads
      label={t("weights")}
      head={[
        { key: "code", title: t("evidence") },
        { key: "cause", title: t("cause"), isForWide: true },
        { key: "shipped", title: t("shipped"), align: "right" },
        { key: "learnt", title: t("learnt"), align: "right" },
        { key: "seen", title: t("seen"), align: "right", isForWide: true },
      ]}
      rows={rows.map(({ code, cause, shipped, learnt, seen }) => ({
        key: `${code} ${cause}`,
        cells: [
          <div key="code">
            {t(`codes.${code}`)}
            <Box hiddenFrom="sm">
              <CauseBadge cause={cause} />
              <Text size="xs" c="dimmed">
                {t("seen")}
                {colon}
                {count(seen)}
              </Text>
            </Box>
          </div>,
          <CauseBadge key="cause" cause={cause} />,
          weight(shipped),
          weight(learnt),
          count(seen),
        ],
      }))}
    />
  )
}

function Versions({ versions }: { versions: VerdictRatios["versions"] }) {
  const t = useTranslations("verdictRatios")
  const format = useFormatter()
  if (versions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("noVersions")}
      </Text>
    )
  return (
    <SimpleTable
      label={t("versions")}
      head={[
        { key: "version", title: t("version") },
        { key: "learntTo", title: t("learntTo") },
        { key: "findings", title: t("findings"), align: "right" },
      ]}
      rows={versions.map(({ version, learntTo, findings }) => ({
        key: String(version),
        cells: [
          format.number(version),
          format.dateTime(new Date(learntTo), { dateStyle: "medium" }),
          format.number(findings),
        ],
      }))}
    />
  )
}
