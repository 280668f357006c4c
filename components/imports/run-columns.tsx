"use client"

import { Anchor, Progress, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { RunBadge } from "@/components/imports/run-badge"
import type { Column } from "@/components/tables/columns"
import { TimeAgo } from "@/components/ui/time-ago"
import { paths } from "@/lib/base/paths"
import { recordFileKinds } from "@/lib/intake/imports/mapping/targets"
import type { ImportRun } from "@/lib/intake/imports/runs/schemas"

type Cell = { row: ImportRun }
type Figure = "rowsDone" | "accepted" | "duplicates" | "rejected"

const isUnderWay = ({ state }: ImportRun) => state === "queued" || state === "running"
const kindOf = ({ kind }: ImportRun) => recordFileKinds.find((known) => known === kind)
const latestOf = ({ finishedAt, startedAt, uploadedAt }: ImportRun) => finishedAt ?? startedAt ?? uploadedAt
/** A figure of a run. A file that waits for review has none. */
const figureOf = (figure: Figure, run: ImportRun): number | null =>
  run.startedAt !== null && run.state !== "uploaded" ? run[figure] : null

const FileLink = ({ row }: Cell) => (
  <Anchor component={Link} href={paths.import(row.id)} size="sm" fw={600}>
    {row.fileName}
  </Anchor>
)
const FileName = ({ row }: Cell) => (
  <Text size="sm" fw={600}>
    {row.fileName}
  </Text>
)
const State = ({ row }: Cell) => {
  const t = useTranslations("imports")
  return (
    <Stack gap={4} align="flex-start">
      <RunBadge state={row.state} />
      {isUnderWay(row) ? (
        <Progress
          value={(row.rowsDone / Math.max(1, row.totalRows)) * 100}
          size="sm"
          w={96}
          aria-label={t("progress")}
        />
      ) : null}
    </Stack>
  )
}
const Kind = ({ row }: Cell) => {
  const t = useTranslations("imports")
  const kind = kindOf(row)
  return kind ? t(`kinds.${kind}`) : "—"
}
const Figure = ({ value }: { value: number | null }) => {
  const format = useFormatter()
  return value === null ? "—" : format.number(value)
}

const figureColumn = (figure: Figure): Column<ImportRun> => ({
  id: figure,
  value: (run) => figureOf(figure, run),
  cell: ({ row }) => <Figure value={figureOf(figure, row)} />,
  isSortable: false,
  align: "right",
})

/** The API lists the latest upload first, in no other order. */
const columnsWith = (File: typeof FileLink): Column<ImportRun>[] => [
  { id: "file", value: ({ fileName }) => fileName, cell: File, isSortable: false },
  {
    id: "state",
    value: ({ state }) => state,
    text: ({ state }, { t }) => t(`imports.states.${state}`),
    cell: State,
    isSortable: false,
  },
  {
    id: "kind",
    value: ({ kind }) => kind,
    text: (run, { t }) => {
      const kind = kindOf(run)
      return kind ? t(`imports.kinds.${kind}`) : null
    },
    cell: Kind,
    isSortable: false,
  },
  {
    id: "rows",
    value: ({ totalRows }) => totalRows,
    cell: ({ row }) => <Figure value={row.totalRows} />,
    isSortable: false,
    align: "right",
  },
  figureColumn("rowsDone"),
  figureColumn("accepted"),
  figureColumn("duplicates"),
  figureColumn("rejected"),
  { id: "last", value: latestOf, cell: ({ row }) => <TimeAgo at={latestOf(row)} />, isSortable: false },
]

export const runColumns = columnsWith(FileLink)
/** Without links, for users who may not open an import. */
export const closedRunColumns = columnsWith(FileName)
