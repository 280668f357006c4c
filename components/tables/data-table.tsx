"use client"

import { Alert, Box, Group, Paper, Skeleton, Stack, Table } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import type { Column } from "@/components/tables/columns"
import { ListMenu } from "@/components/tables/list-menu"
import { TableBody, type RowProps } from "@/components/tables/table-body"
import { TableCards } from "@/components/tables/table-cards"
import { TableHead } from "@/components/tables/table-head"
import { useChoice } from "@/components/tables/use-choice"
import { useListTable, type Selection, type ServerSort } from "@/components/tables/use-list-table"
import { useShownExport, type ReadRows } from "@/components/tables/use-shown-export"
import { ErrorState } from "@/components/ui/error-state"
import styles from "@/components/tables/list.module.css"

export type ListQuery = {
  isError: boolean
  error?: Error | null
  isPlaceholderData?: boolean
  refetch: () => Promise<unknown>
}

type Props<Row extends object> = RowProps<Row> & {
  /** Key of the stored choice of columns, and name of the exported file. */
  name: string
  label: string
  columns: readonly Column<Row>[]
  /** The title of a column. */
  title: (id: string) => string
  /** The rows of the page; undefined while loading. */
  rows: readonly Row[] | undefined
  query: ListQuery
  rowId: (row: Row) => string
  /** Server-side sorting. Without it, `rows` is the whole list and the browser sorts. */
  sort?: ServerSort
  selection?: Selection
  card?: (row: Row, checkbox: ReactNode) => ReactNode
  /** Shown without rows. */
  empty: ReactNode
  /** Reads the rows of all pages. Without it, `rows` is the whole list. */
  readRows?: ReadRows<Row>
  pager?: ReactNode
  /** Below this width, the table scrolls sideways. */
  minWidth?: number
}

/** A list as a table, or as cards on narrow screens. See components/README.md. */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { rows, query, empty, pager } = props
  return (
    <>
      {query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {rows === undefined && !query.isError ? <Skeleton height={300} /> : null}
      {rows?.length === 0 ? empty : null}
      {rows && rows.length > 0 ? <Rows {...props} rows={rows} /> : null}
      {pager}
    </>
  )
}

/** Wider tables scroll sideways in a window that is only just wide. */
const widest = 1040

function Rows<Row extends object>(props: Props<Row> & { rows: readonly Row[] }) {
  const { name, label, columns, title, query, selection, readRows, minWidth = 560 } = props
  const t = useTranslations("list")
  const { choice, setChoice } = useChoice(name)
  const table = useListTable({ ...props, choice })
  const columnOf = (id: string) => columns.find((column) => column.id === id)
  const shown = columns.filter(({ id, isAction }) => isAction !== true && !choice.hidden.includes(id))
  const sorted = () => table.getRowModel().rows.map(({ original }) => original)
  const saving = useShownExport({
    name,
    columns: shown,
    title,
    readRows: readRows ?? (() => Promise.resolve({ rows: sorted(), isWhole: true })),
  })
  const parts = { ...props, table, columnOf, hasSelection: selection !== undefined }
  return (
    <Stack gap={4} aria-busy={query.isPlaceholderData} opacity={query.isPlaceholderData ? 0.6 : 1}>
      <Group justify="flex-end">
        <ListMenu
          table={table}
          title={title}
          choice={choice}
          onChoose={setChoice}
          isExporting={saving.isPending}
          onExport={() => saving.mutate()}
        />
      </Group>
      {saving.isError ? <Alert color="red" role="alert" title={t("saveFailed")} /> : null}
      {saving.data?.isWhole === false ? (
        <Alert color="yellow" role="alert" title={t("savePart", { count: saving.data.count })} />
      ) : null}
      <Paper
        withBorder
        visibleFrom="md"
        className={styles["frame"]}
        data-wide={minWidth > widest || undefined}
      >
        <Box miw={minWidth}>
          <Table
            aria-label={label}
            stickyHeader
            stickyHeaderOffset="var(--list-head-offset)"
            verticalSpacing={choice.density === "compact" ? 2 : "xs"}
            highlightOnHover
          >
            <TableHead {...parts} />
            <TableBody {...parts} />
          </Table>
        </Box>
      </Paper>
      <TableCards {...parts} />
    </Stack>
  )
}
