"use client"

import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import type { SetValues } from "nuqs"
import { useState } from "react"
import { ManyActions } from "@/components/quarantine/many-actions"
import { NoRecords } from "@/components/quarantine/no-records"
import { quarantineColumns, recordWith } from "@/components/quarantine/quarantine-columns"
import { quarantineQueryOf, type QuarantineView, type quarantineView } from "@/components/quarantine/view"
import { DataTable } from "@/components/tables/data-table"
import { Pager } from "@/components/tables/pager"
import { given } from "@/lib/base/http/given"
import { readWhole } from "@/lib/base/pages/read-whole"
import { quarantineListOptions } from "@/lib/intake/quarantine/queries"
import type { Quarantined } from "@/lib/intake/quarantine/schemas"

const idOf = ({ id }: Quarantined) => String(id)

type Props = {
  view: QuarantineView
  setView: SetValues<typeof quarantineView>
  /** The number of records that match the filters. */
  total: number
  mayReplay: boolean
}

/** The records that match the filters, with the actions for some or all of them. */
export function RecordList({ view, setView, total, mayReplay }: Props) {
  const t = useTranslations("quarantine")
  const client = useQueryClient()
  const [selected, setSelected] = useState<string[]>([])
  const { code, kind, terminal, state, order, cursor } = view
  const filter = given({ code, kind, terminal })
  const list = useQuery(quarantineListOptions(given(quarantineQueryOf(view))))
  const readRows = () =>
    readWhole((at) =>
      client.fetchQuery(
        quarantineListOptions({ ...filter, state, order, limit: 200, ...given({ cursor: at }) }),
      ),
    )
  const canSelect = mayReplay && state !== "resolved"
  return (
    <>
      {canSelect ? (
        <ManyActions filter={filter} state={state} count={total} selected={selected} onSelect={setSelected} />
      ) : null}
      <DataTable
        name="quarantine"
        label={t("title")}
        columns={quarantineColumns[state]}
        title={(id) => t(`columns.${id}`)}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={(row) => recordWith(row, t)}
        onOpen={({ id }) => void setView({ record: id })}
        sort={{ by: "received", order, onSort: (_, next) => void setView({ order: next, cursor: null }) }}
        {...(canSelect ? { selection: { ids: selected, onSelect: setSelected } } : {})}
        readRows={readRows}
        empty={<NoRecords view={view} setView={setView} />}
        pager={
          <Pager
            page={list.data && { ...list.data, total }}
            cursor={cursor}
            onMove={(to) => void setView({ cursor: to })}
          />
        }
        minWidth={860}
      />
    </>
  )
}
