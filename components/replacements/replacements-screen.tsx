"use client"

import { Anchor, Button, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useQueryStates } from "nuqs"
import { useMemo, type ReactNode } from "react"
import { CalendarPanel } from "@/components/replacements/calendar-panel"
import { forecastColumns } from "@/components/replacements/forecast-columns"
import { QuarterChart } from "@/components/replacements/quarter-chart"
import { ReplacedPanel } from "@/components/replacements/replaced-panel"
import { replacementView, unitsOf } from "@/components/replacements/view"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { paths } from "@/lib/base/paths"
import { forecastOptions } from "@/lib/outlook/replacements/queries"
import type { Forecast, ForecastRow } from "@/lib/outlook/replacements/schemas"

const idOf = ({ model }: ForecastRow) => String(model?.id ?? 0)
const nameOf = ({ model }: ForecastRow) => model?.name ?? ""

/** What to replace in the next two years, with its budget, and what expires. */
export function ReplacementsScreen({ mayChangeSettings }: { mayChangeSettings: boolean }) {
  const t = useTranslations("replacements")
  const list = useQuery(forecastOptions())
  const columns = useMemo(() => (list.data ? forecastColumns(list.data) : []), [list.data])
  const [{ quarter, model, cursor }, setView] = useQueryStates(replacementView)
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <Button size="xs" className="no-print" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </PageHeader>
      {list.data && list.data.data.length > 0 ? (
        <Panel title={t("byQuarter")}>
          <QuarterChart forecast={list.data} />
        </Panel>
      ) : null}
      <DataTable
        name="replacements"
        label={t("byModel")}
        columns={columns}
        title={(id) => (t.has(`columns.${id}`) ? t(`columns.${id}`) : id)}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        empty={<EmptyState title={t("noTerminals")}>{t("noTerminalsText")}</EmptyState>}
        minWidth={1100}
      />
      <Text size="xs" c="dimmed">
        {t.rich("how", { link: mayChangeSettings ? settingsLink : (text) => text })}
      </Text>
      {quarter === null ? null : (
        <ReplacedPanel
          view={{ quarter, model, cursor }}
          total={list.data ? countIn(list.data, quarter, model) : 0}
          onMove={(to) => void setView({ cursor: to })}
        />
      )}
      <CalendarPanel />
    </Stack>
  )
}

const settingsLink = (text: ReactNode) => (
  <Anchor component={Link} inherit href={paths.organisation}>
    {text}
  </Anchor>
)

/** How many terminals are to be replaced in a quarter, of a model (0: without one) or in all. */
function countIn({ data, quarters }: Forecast, quarter: string, model: number | null): number {
  const at = quarters.findIndex(({ name }) => name === quarter)
  return data
    .filter((row) => model === null || model === (row.model?.id ?? 0))
    .reduce((sum, row) => sum + (row.quarters[at] ? unitsOf(row.quarters[at]) : 0), 0)
}
