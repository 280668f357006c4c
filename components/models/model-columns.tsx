"use client"

import { Anchor, Group } from "@mantine/core"
import Link from "next/link"
import { EndDay } from "@/components/catalogue/day"
import { StatusCounts } from "@/components/models/status-counts"
import type { Column } from "@/components/tables/columns"
import { CheckOverdueBadge } from "@/components/ui/badges"
import { paths } from "@/lib/base/paths"
import type { Model } from "@/lib/fleet/models/schemas"
import { terminalStatuses } from "@/lib/fleet/terminals/words"

function Name({ row }: { row: Model }) {
  return (
    <Group gap={6}>
      <Anchor component={Link} size="sm" href={paths.model(row.id)}>
        {row.name}
      </Anchor>
      {row.checksOverdue > 0 ? <CheckOverdueBadge /> : null}
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
