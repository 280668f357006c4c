"use client"

import { Button, Chip, Group, Skeleton, Stack, Text } from "@mantine/core"
import { IconDownload } from "@tabler/icons-react"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs"
import { RefusalText } from "@/components/imports/refusal-text"
import { useTerminalFields } from "@/components/imports/use-terminal-fields"
import { Pager } from "@/components/tables/pager"
import { SimpleTable } from "@/components/tables/simple-table"
import { ErrorState } from "@/components/ui/error-state"
import { Panel } from "@/components/ui/panel"
import { rowOutcomes } from "@/lib/fleet/terminals/words"
import { rejectedAddress, resultsAddress, resultsOptions } from "@/lib/intake/imports/runs/queries"
import type { ImportDetail, RowResult } from "@/lib/intake/imports/runs/schemas"

/** The results of a file of terminals, or of its dry run: counts by outcome, and the rows of one outcome. */
export function ResultsPanel({ run }: { run: ImportDetail }) {
  const t = useTranslations("importResults")
  const [{ outcome: chosen, cursor }, setShown] = useQueryStates({
    outcome: parseAsStringLiteral(rowOutcomes),
    cursor: parseAsString,
  })
  const summary = useQuery(resultsOptions(run, {}))
  const counts = summary.data?.counts
  // Rejected rows come first, because the user must correct them.
  const outcome =
    chosen ??
    (run.rejected > 0 ? "refused" : (rowOutcomes.find((one) => (counts?.[one] ?? 0) > 0) ?? "created"))
  const page = useQuery({
    ...resultsOptions(run, { outcome, ...(cursor === null ? {} : { cursor }) }),
    enabled: counts !== undefined,
  })
  const isTried = run.state === "uploaded"
  if (summary.isError || page.isError)
    return <ErrorState onRetry={() => void Promise.all([summary.refetch(), page.refetch()])} />
  if (!counts) return <Skeleton height={240} />
  return (
    <Panel title={isTried ? t("dryTitle") : t("title")} action={<Downloads run={run} />}>
      <Stack gap="sm">
        <Chip.Group
          value={outcome}
          onChange={(value) =>
            void setShown({ outcome: rowOutcomes.find((one) => one === value) ?? null, cursor: null })
          }
        >
          <Group gap={6} role="radiogroup" aria-label={t("filter")}>
            {rowOutcomes.map((value) => (
              <Chip key={value} value={value} size="xs">
                {t(isTried ? `tried.${value}` : `outcomes.${value}`, { count: counts[value] ?? 0 })}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        {page.data?.data.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("none")}
          </Text>
        ) : null}
        {page.data && page.data.data.length > 0 ? (
          <Rows rows={page.data.data} isStale={page.isPlaceholderData} />
        ) : null}
        <Pager
          page={page.data && { ...page.data, total: counts[outcome] ?? 0 }}
          cursor={cursor}
          onMove={(to) => void setShown({ cursor: to })}
        />
      </Stack>
    </Panel>
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

function Rows({ rows, isStale }: { rows: RowResult[]; isStale: boolean }) {
  const t = useTranslations("importResults")
  return (
    <SimpleTable
      striped
      withRowBorders={false}
      fz="xs"
      opacity={isStale ? 0.5 : 1}
      head={[
        { key: "line", title: t("line") },
        { key: "serial", title: t("serial") },
        { key: "what", title: t("what") },
      ]}
      rows={rows.map((row) => ({
        key: String(row.line),
        cells: [
          <Text span inherit c="dimmed" key="line">
            {row.line}
          </Text>,
          <Text span inherit key="serial" style={{ whiteSpace: "nowrap" }}>
            {row.serial}
          </Text>,
          <Text
            span
            inherit
            key="what"
            {...(row.refusal ? { c: row.outcome === "refused" ? "red" : "orange" } : {})}
          >
            <What row={row} />
          </Text>,
        ],
      }))}
    />
  )
}

function What({ row: { outcome, changes, refusal } }: { row: RowResult }) {
  const t = useTranslations("importResults")
  const { nameOf, valueOf } = useTerminalFields()
  if (refusal) return <RefusalText refusal={refusal} />
  if (changes.length === 0) return t("nothing")
  return changes.map(({ field, from, to }) => (
    <Text span inherit key={field} mr="sm" style={{ display: "inline-block" }}>
      <Text span inherit c="dimmed">
        {t("field", { field: nameOf(field) })}{" "}
      </Text>
      {from !== null && outcome !== "created" ? (
        <>
          <Text span inherit td="line-through" c="dimmed">
            {valueOf(field, from)}
          </Text>{" "}
          →{" "}
        </>
      ) : null}
      {to === null ? t("empty") : valueOf(field, to)}
    </Text>
  ))
}
