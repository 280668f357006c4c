"use client"

import { Anchor, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import type { Column } from "@/components/tables/columns"
import { percentText } from "@/components/ui/percent"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import { components, type Component } from "@/lib/fleet/catalogue/components"
import type { ComplianceCell, ComplianceRow } from "@/lib/fleet/compliance/schemas"
import type { ComplianceGrouping } from "@/lib/fleet/compliance/words"

/** A row with what the rows are: models, regions or merchants. */
export type Grouped = ComplianceRow & { by: ComplianceGrouping }

const cellOf = ({ cells }: Grouped, component: Component) =>
  cells.find((cell) => cell.component === component)

/** Of the terminals whose version is known, those that are not behind. */
const shareOf = ({ terminals, behind, unknown }: ComplianceCell) =>
  terminals === unknown ? null : (terminals - unknown - behind) / (terminals - unknown)

function Name({ row: { name, merchant, by } }: { row: Grouped }) {
  const t = useTranslations("compliance")
  return (
    <>
      {name ?? t(`without.${by}`)}
      {merchant === null ? null : (
        <Text span display="block" size="xs" c="dimmed">
          {merchant}
        </Text>
      )}
    </>
  )
}

/** The share with its counts. Those that are behind lead to their list. */
function Cell({ row, cell }: { row: Grouped; cell: ComplianceCell | undefined }) {
  const t = useTranslations("compliance")
  const format = useFormatter()
  if (!cell) return "—"
  const { component, behind, soon, unknown, terminals } = cell
  const behindText = t("behind", { behind, terminals })
  const others = [
    ...(soon > 0 ? [t("soon", { soon })] : []),
    ...(unknown > 0 ? [t("unknown", { unknown })] : []),
  ]
  return (
    <>
      <Text span display="block" size="sm">
        {percentText(format, shareOf(cell))}
      </Text>
      {behind > 0 && row.id !== null ? (
        <Anchor
          component={Link}
          size="xs"
          display="block"
          href={withQuery(paths.terminals, { behind: component, [row.by]: row.id })}
        >
          {behindText}
        </Anchor>
      ) : (
        <Text span display="block" size="xs" c="dimmed">
          {behindText}
        </Text>
      )}
      {others.map((text) => (
        <Text key={text} span display="block" size="xs" c="dimmed">
          {text}
        </Text>
      ))}
    </>
  )
}

const columnOf = (component: Component): Column<Grouped> => ({
  id: component,
  value: (row) => {
    const cell = cellOf(row, component)
    return cell ? shareOf(cell) : null
  },
  text: (row, { t }) => {
    const cell = cellOf(row, component)
    return cell ? t("compliance.cell", cell) : null
  },
  cell: ({ row }) => <Cell row={row} cell={cellOf(row, component)} />,
})

export const complianceColumns: Column<Grouped>[] = [
  {
    id: "name",
    value: ({ name }) => name,
    text: ({ name, merchant, by }, { t }) =>
      [name ?? t(`compliance.without.${by}`), ...(merchant === null ? [] : [merchant])].join(" · "),
    cell: Name,
  },
  ...components.map(columnOf),
]
