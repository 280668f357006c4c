"use client"

import { Anchor } from "@mantine/core"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { replacedColumns } from "@/components/replacements/replaced-columns"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { given } from "@/lib/base/http/given"
import { readWhole } from "@/lib/base/pages/read-whole"
import { paths } from "@/lib/base/paths"
import { replacedOptions } from "@/lib/outlook/replacements/queries"
import type { Replaced } from "@/lib/outlook/replacements/schemas"

const idOf = ({ id }: Replaced) => String(id)
const nameOf = ({ serial }: Replaced) => serial

type Props = {
  view: { quarter: string; model: number | null; cursor: string | null }
  /** The number that the forecast says. */
  total: number
  onMove: (cursor: string | null) => void
}

/** The terminals behind a number of the forecast. */
export function ReplacedPanel({ view, total, onMove }: Props) {
  const t = useTranslations("replacements")
  const { quarter, model, cursor } = view
  const query = { quarter, ...given({ cursor, model: model === null ? null : String(model) }) }
  const client = useQueryClient()
  const list = useQuery(replacedOptions(query))
  return (
    <Panel
      title={t("toReplaceIn", { quarter: view.quarter })}
      action={
        <Anchor component={Link} size="sm" href={paths.replacements} scroll={false} className="no-print">
          {t("closeList")}
        </Anchor>
      }
    >
      <DataTable
        name={`replacements-${view.quarter}`}
        label={t("toReplaceIn", { quarter: view.quarter })}
        columns={replacedColumns}
        title={(id) => t(`columns.${id}`)}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        readRows={() =>
          readWhole((at) =>
            client.fetchQuery(replacedOptions({ ...query, ...given({ cursor: at }), limit: 200 })),
          )
        }
        empty={<EmptyState title={t("noneThen")} />}
        pager={<Pager page={list.data && { ...list.data, total }} cursor={view.cursor} onMove={onMove} />}
        minWidth={760}
      />
    </Panel>
  )
}
