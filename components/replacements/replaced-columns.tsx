"use client"

import { Anchor } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { EndDay } from "@/components/catalogue/day"
import type { Column } from "@/components/tables/columns"
import { dayText } from "@/components/ui/day-text"
import { StoreName, storeNameWith } from "@/components/ui/store-name"
import { paths } from "@/lib/base/paths"
import type { Replaced } from "@/lib/outlook/replacements/schemas"

const monthStyle = { year: "numeric", month: "short" } as const

const Terminal = ({ row: { id, serial } }: { row: Replaced }) => (
  <Anchor component={Link} size="sm" fw={600} href={paths.terminal(id)}>
    {serial}
  </Anchor>
)

const Store = ({ row: { store } }: { row: Replaced }) => (
  <Anchor component={Link} size="sm" href={paths.store(store.id)}>
    <StoreName name={store.name} />
  </Anchor>
)

const Why = ({ row: { why } }: { row: Replaced }) => useTranslations("replacements")(`whys.${why}`)
const Born = ({ row: { bornOn } }: { row: Replaced }) => dayText(useFormatter(), bornOn, monthStyle)

const unsorted = { isSortable: false } as const

/** The columns of the terminals to replace. */
export const replacedColumns: Column<Replaced>[] = [
  { id: "serial", value: ({ serial }) => serial, cell: Terminal, ...unsorted },
  {
    id: "store",
    value: ({ store }) => store.name,
    text: ({ store }, { t }) => storeNameWith(store.name, t),
    cell: Store,
    ...unsorted,
  },
  { id: "model", value: ({ model }) => model?.name ?? null, ...unsorted },
  {
    id: "why",
    value: ({ why }) => why,
    text: ({ why }, { t }) => t(`replacements.whys.${why}`),
    cell: Why,
    ...unsorted,
  },
  { id: "bornOn", value: ({ bornOn }) => bornOn.slice(0, 7), cell: Born, ...unsorted },
  { id: "confirmed", value: ({ failures }) => failures, align: "right", ...unsorted },
  {
    id: "useEndOn",
    value: ({ useEndOn }) => useEndOn,
    cell: ({ row }) => <EndDay on={row.useEndOn} />,
    ...unsorted,
  },
  {
    id: "warrantyUntil",
    value: ({ warrantyUntil }) => warrantyUntil,
    cell: ({ row }) => <EndDay on={row.warrantyUntil} />,
    ...unsorted,
  },
]
