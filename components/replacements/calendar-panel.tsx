"use client"

import { Anchor } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { EndDay } from "@/components/catalogue/day"
import type { Column, ReaderFormat } from "@/components/tables/columns"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { paths } from "@/lib/base/paths"
import { calendarOptions } from "@/lib/outlook/replacements/queries"
import type { CalendarRow } from "@/lib/outlook/replacements/schemas"

const idOf = ({ on, what, model, component, version, reference }: CalendarRow) =>
  [on, what, model?.id, component, version, reference].join(" ")

const nameOf = ({ model, version, on }: CalendarRow) => model?.name ?? version ?? on

const What = ({ row: { what } }: { row: CalendarRow }) => useTranslations("replacements")(`expiries.${what}`)

const releaseOf = ({ component, version }: CalendarRow, t: ReaderFormat["t"]) =>
  component === null ? null : `${t(`components.${component}`)} ${version ?? ""}`

/** A model, or a version of a component. */
function Subject({ row }: { row: CalendarRow }) {
  const t = useTranslations()
  const { model } = row
  const release = releaseOf(row, t)
  if (!model) return release ?? t("replacements.noModel")
  return (
    <>
      <Anchor component={Link} size="sm" href={paths.model(model.id)}>
        {model.name}
      </Anchor>
      {release === null ? null : ` · ${release}`}
    </>
  )
}

const columns: Column<CalendarRow>[] = [
  { id: "on", value: ({ on }) => on, cell: ({ row }) => <EndDay on={row.on} /> },
  {
    id: "what",
    value: ({ what }) => what,
    text: ({ what }, { t }) => t(`replacements.expiries.${what}`),
    cell: What,
  },
  {
    id: "subject",
    value: ({ model, version }) => model?.name ?? version,
    text: (row, { t }) =>
      [row.model?.name, releaseOf(row, t)].filter(Boolean).join(" · ") || t("replacements.noModel"),
    cell: Subject,
  },
  { id: "reference", value: ({ reference }) => reference },
  { id: "terminals", value: ({ terminals }) => terminals, align: "right" },
]

/** What expires in the next three years. */
export function CalendarPanel() {
  const t = useTranslations("replacements")
  const calendar = useQuery(calendarOptions())
  return (
    <Panel title={t("calendar")}>
      <DataTable
        name="expiries"
        label={t("calendar")}
        columns={columns}
        title={(id) => t(`columns.${id}`)}
        rows={calendar.data?.data}
        query={calendar}
        rowId={idOf}
        nameOf={nameOf}
        empty={<EmptyState title={t("nothingExpires")}>{t("nothingExpiresText")}</EmptyState>}
        minWidth={640}
      />
    </Panel>
  )
}
