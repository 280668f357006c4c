"use client"

import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { TimeAgo } from "@/components/ui/time-ago"
import type { CodePackList } from "@/lib/fleet/code-packs/schemas"

export type System = CodePackList["data"][number]

const Uploaded = ({ row: { own } }: { row: System }) => (own[0] ? <TimeAgo at={own[0].createdAt} /> : "—")

export const systemColumns: Column<System>[] = [
  {
    id: "codeSystem",
    value: ({ codeSystem }) => codeSystem,
    cell: ({ row, onOpen }) => <NameCell name={row.codeSystem} onOpen={onOpen} />,
  },
  { id: "shipped", value: ({ shipped }) => shipped[0]?.codes ?? null, align: "right" },
  { id: "own", value: ({ own }) => own[0]?.codes ?? null, align: "right" },
  { id: "version", value: ({ own }) => own[0]?.version ?? null, align: "right" },
  { id: "uploaded", value: ({ own }) => own[0]?.createdAt ?? null, cell: Uploaded, align: "right" },
]
