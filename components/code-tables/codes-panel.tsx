"use client"

import { Group } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { codeColumns } from "@/components/code-tables/code-columns"
import { codeTablesView, shownCauses } from "@/components/code-tables/view"
import { DataTable } from "@/components/tables/data-table"
import { EmptyList } from "@/components/ui/empty-list"
import { FilterSelect } from "@/components/ui/filter-select"
import { Panel } from "@/components/ui/panel"
import { SearchInput } from "@/components/ui/search-input"
import { codeTableOptions } from "@/lib/fleet/code-packs/queries"
import type { CurrentCode } from "@/lib/fleet/code-packs/schemas"

const codeOf = ({ code }: CurrentCode) => code

const holds = (row: CurrentCode, q: string) =>
  [row.code, row.subcause, row.meaning_en, row.meaning_zh].some((text) =>
    text.toLowerCase().includes(q.toLowerCase()),
  )

/** The codes of a system with what each means now. */
export function CodesPanel({ codeSystem, mayWrite }: { codeSystem: string; mayWrite: boolean }) {
  const t = useTranslations("codeTables")
  const tCause = useTranslations("causes")
  const [view, setView] = useQueryStates(codeTablesView)
  const { q, cause } = view
  const table = useQuery(codeTableOptions(codeSystem))
  const rows = table.data?.codes.filter(
    (row) => (cause === null || row.cause === cause) && (q === null || holds(row, q)),
  )
  return (
    <Panel title={t("codesOf", { codeSystem })}>
      <Group gap="xs">
        <SearchInput
          label={t("search")}
          value={q}
          w={220}
          onSearch={(text) => void setView({ q: text || null })}
        />
        <FilterSelect
          label={t("columns.cause")}
          value={cause}
          values={shownCauses}
          textOf={(value) => tCause(value)}
          onChange={(value) => void setView({ cause: value })}
        />
      </Group>
      <DataTable
        name="codes"
        label={t("codesOf", { codeSystem })}
        columns={codeColumns}
        title={(id) => t(`columns.${id}`)}
        rows={rows}
        query={table}
        rowId={codeOf}
        nameOf={codeOf}
        onOpen={({ code }) => void setView({ code })}
        empty={
          <EmptyList
            isFiltered={q !== null || cause !== null}
            noMatch={t("noMatch")}
            none={t("noCodes")}
            onClear={() => void setView({ q: null, cause: null })}
          >
            {mayWrite ? t("noCodesText") : null}
          </EmptyList>
        }
        minWidth={760}
      />
    </Panel>
  )
}
