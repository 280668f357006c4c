"use client"

import { Badge, Code, Group, type MantineColor } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Column, ReaderFormat } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { TimeAgo } from "@/components/ui/time-ago"
import type { RejectionCode } from "@/lib/intake/ingest/answer"
import type { Quarantined } from "@/lib/intake/quarantine/schemas"
import type { QuarantineState } from "@/lib/intake/quarantine/words"

type Cell = { row: Quarantined; onOpen?: () => void }

const codeColor = {
  invalid: "indigo",
  pan_suspected: "red",
  clock_wrong: "orange",
  too_old: "gray",
  unknown_terminal: "blue",
  ambiguous_terminal: "grape",
  placeholder_serial: "yellow",
  unmapped_code: "teal",
} as const satisfies Record<RejectionCode, MantineColor>

/** The wrong field of a record whose reason does not already tell it. */
const faultyField = ({ code, field }: Quarantined) => (code === "invalid" ? field : null)

/** The reason and terminal of a record. */
export const recordWith = (
  { code, terminal }: Pick<Quarantined, "code" | "terminal">,
  t: ReturnType<typeof useTranslations<"quarantine">>,
): string => t("name", { reason: t(`codes.${code}`), terminal: terminal ?? t("noTerminal") })

const Terminal = ({ row, onOpen }: Cell) => {
  const t = useTranslations("quarantine")
  return <NameCell name={row.terminal ?? t("noTerminal")} onOpen={onOpen} />
}
const Reason = ({ row }: Cell) => {
  const t = useTranslations("quarantine")
  const field = faultyField(row)
  return (
    <Group gap={6}>
      <Badge variant="light" color={codeColor[row.code]}>
        {t(`codes.${row.code}`)}
      </Badge>
      {field === null ? null : <Code>{field}</Code>}
    </Group>
  )
}
const Kind = ({ row }: Cell) => {
  const t = useTranslations("quarantine")
  return t(`kinds.${row.kind}`)
}

function reasonText(row: Quarantined, { t }: ReaderFormat): string {
  const field = faultyField(row)
  return [t(`quarantine.codes.${row.code}`), ...(field === null ? [] : [field])].join(t("common.colon"))
}

/** The API sorts records by arrival. */
const columns: Column<Quarantined>[] = [
  { id: "terminal", value: ({ terminal }) => terminal, cell: Terminal },
  { id: "reason", value: ({ code }) => code, text: reasonText, cell: Reason },
  {
    id: "kind",
    value: ({ kind }) => kind,
    text: ({ kind }, { t }) => t(`quarantine.kinds.${kind}`),
    cell: Kind,
  },
  { id: "seen", value: ({ seenCount }) => seenCount, align: "right" },
  {
    id: "received",
    value: ({ receivedAt }) => receivedAt,
    cell: ({ row }) => <TimeAgo at={row.receivedAt} />,
    isSortable: true,
  },
  {
    id: "last",
    value: ({ lastReceivedAt }) => lastReceivedAt,
    cell: ({ row }) => <TimeAgo at={row.lastReceivedAt} />,
  },
]

const settled = (id: "resolved" | "discarded"): Column<Quarantined> => ({
  id,
  value: ({ resolvedAt }) => resolvedAt,
  cell: ({ row: { resolvedAt } }) => (resolvedAt === null ? "—" : <TimeAgo at={resolvedAt} />),
})

export const quarantineColumns: Record<QuarantineState, Column<Quarantined>[]> = {
  open: columns,
  resolved: [...columns, settled("resolved")],
  discarded: [...columns, settled("discarded")],
}
