"use client"

import { Anchor, Badge, Group } from "@mantine/core"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { EndDay } from "@/components/catalogue/day"
import { StatusCounts } from "@/components/models/status-counts"
import type { Column } from "@/components/tables/columns"
import { paths } from "@/lib/base/paths"
import type { Model } from "@/lib/fleet/models/schemas"
import { terminalStatuses } from "@/lib/fleet/terminals/words"

function Name({ row }: { row: Model }) {
  const t = useTranslations("catalogue")
  return (
    <Group gap={6}>
      <Anchor component={Link} size="sm" href={paths.model(row.id)}>
        {row.name}
      </Anchor>
      {row.checksOverdue > 0 ? (
        <Badge variant="light" color="yellow">
          {t("checkOverdue")}
        </Badge>
      ) : null}
    </Group>
  )
}

const sum = ({ terminals }: Model) =>
  terminalStatuses.reduce((total, status) => total + (terminals[status] ?? 0), 0)

const dates = (["purchaseEndOn", "deployEndOn", "useEndOn"] as const).map((id): Column<Model> => ({
  id,
  value: (model) => model[id],
  cell: ({ row }) => <EndDay on={row[id]} />,
}))

export const modelColumns: Column<Model>[] = [
  { id: "name", value: ({ name }) => name, cell: Name },
  { id: "manufacturer", value: ({ manufacturerName }) => manufacturerName },
  { id: "terminals", value: sum, cell: ({ row }) => <StatusCounts terminals={row.terminals} /> },
  ...dates,
]
