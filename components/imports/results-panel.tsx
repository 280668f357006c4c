"use client"

import { Button, Chip, Group, Skeleton, Stack, Text } from "@mantine/core"
import { IconDownload } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs"
import { resultColumns } from "@/components/imports/result-columns"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { given } from "@/lib/base/http/given"
import { oneOf } from "@/lib/base/one-of"
import { readWhole } from "@/lib/base/pages/read-whole"
import { rowOutcomes, type RowOutcome } from "@/lib/fleet/terminals/words"
import { rejectedAddress, resultsAddress, resultsOptions } from "@/lib/intake/imports/runs/queries"
import type { ImportDetail, ResultPage, RowResult } from "@/lib/intake/imports/runs/schemas"

const idOf = ({ line }: RowResult) => String(line)
const nameOf = ({ serial, line }: RowResult) => serial ?? String(line)

/** The results of a file of terminals, or of its dry run: counts by outcome, and the rows of one outcome. */
export function ResultsPanel({ run }: { run: ImportDetail }) {
  const t = useTranslations("importResults")
  const [{ outcome: chosen, cursor }, setShown] = useQueryStates({
    outcome: parseAsStringLiteral(rowOutcomes),
    cursor: parseAsString,
  })
  const client = useQueryClient()
  const summary = useQuery(resultsOptions(run, {}))
  const counts = summary.data?.counts
  // Rejected rows come first, because the user must correct them.
  const outcome =
    chosen ??
    (run.rejected > 0 ? "refused" : (rowOutcomes.find((one) => (counts?.[one] ?? 0) > 0) ?? "created"))
  const page = useQuery({
    ...resultsOptions(run, { outcome, ...given({ cursor }) }),
    enabled: counts !== undefined,
  })
  const isTried = run.state === "uploaded"
  const readRows = () =>
    readWhole((at) =>
      client.fetchQuery(resultsOptions(run, { outcome, limit: 200, ...given({ cursor: at }) })),
    )
  if (summary.isError) return <ErrorState onRetry={() => void summary.refetch()} />
  if (!counts) return <Skeleton height={240} />
  return (
    <Panel title={isTried ? t("dryTitle") : t("title")} action={<Downloads run={run} />}>
      <Stack gap="sm">
        <OutcomeChips
          outcome={outcome}
          counts={counts}
          isTried={isTried}
          onChange={(value) => void setShown({ outcome: value, cursor: null })}
        />
        <DataTable
          name="import-results"
          label={t("title")}
          columns={resultColumns}
          title={t}
          rows={page.data?.data}
          query={page}
          rowId={idOf}
          nameOf={nameOf}
          readRows={readRows}
          empty={
            <Text size="sm" c="dimmed">
              {t("none")}
            </Text>
          }
          pager={
            <Pager
              page={page.data && { ...page.data, total: counts[outcome] ?? 0 }}
              cursor={cursor}
              onMove={(to) => void setShown({ cursor: to })}
            />
          }
        />
      </Stack>
    </Panel>
  )
}

/** Counts by outcome, as a filter. */
function OutcomeChips({
  outcome,
  counts,
  isTried,
  onChange,
}: {
  outcome: RowOutcome
  counts: ResultPage["counts"]
  isTried: boolean
  onChange: (outcome: RowOutcome | null) => void
}) {
  const t = useTranslations("importResults")
  return (
    <Chip.Group value={outcome} onChange={(value) => onChange(oneOf(rowOutcomes, value))}>
      <Group gap={6} role="radiogroup" aria-label={t("filter")}>
        {rowOutcomes.map((value) => (
          <Chip key={value} value={value} size="xs">
            {t(isTried ? `tried.${value}` : `outcomes.${value}`, { count: counts[value] ?? 0 })}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  )
}

function Downloads({ run }: { run: ImportDetail }) {
  const t = useTranslations("importResults")
  return (
    <Group gap="xs">
      {run.rejected > 0 ? (
        <Button
          size="compact-sm"
          variant="light"
          component="a"
          href={rejectedAddress(run.id)}
          download
          leftSection={<IconDownload size={14} aria-hidden />}
        >
          {t("downloadRefused", { count: run.rejected })}
        </Button>
      ) : null}
      <Button
        size="compact-sm"
        variant="default"
        component="a"
        href={resultsAddress(run.id)}
        download
        leftSection={<IconDownload size={14} aria-hidden />}
      >
        {t("download")}
      </Button>
    </Group>
  )
}
