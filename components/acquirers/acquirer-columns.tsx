"use client"

import { Fee, Money } from "@/components/acquirers/terms"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { amountText } from "@/components/ui/amount"
import type { Acquirer } from "@/lib/fleet/acquirers/schemas"

const amounts = (["terminalPriceMinor", "depositMinor"] as const).map((id): Column<Acquirer> => ({
  id,
  value: (row) => row[id],
  text: (row, { format }) => {
    const minor = row[id]
    return minor === null ? null : amountText(format, minor, row.currency)
  },
  cell: ({ row }) => <Money minor={row[id]} currency={row.currency} />,
  align: "right",
}))

export const acquirerColumns: Column<Acquirer>[] = [
  {
    id: "name",
    value: ({ name }) => name,
    cell: ({ row, onOpen }) => <NameCell name={row.name} onOpen={onOpen} />,
  },
  { id: "code", value: ({ code }) => code },
  { id: "codeSystem", value: ({ codeSystem }) => codeSystem },
  {
    id: "contact",
    value: ({ contactName, contactPhone, contactEmail }) =>
      [contactName, contactPhone, contactEmail].filter(Boolean).join(" · ") || null,
  },
  {
    id: "feePercent",
    value: ({ feePercent }) => feePercent,
    text: ({ feePercent, feeNote }) => [feePercent, feeNote].filter((part) => part !== null).join(" · "),
    cell: ({ row }) => <Fee percent={row.feePercent} note={row.feeNote} />,
  },
  ...amounts,
  { id: "terminals", value: ({ terminals }) => terminals, align: "right" },
]
