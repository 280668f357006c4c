"use client"

import { Badge, Group, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { Fee, Money } from "@/components/acquirers/terms"
import { DeviceFailures, FlagRate, OpenHoursShare } from "@/components/league/figures"
import type { Column } from "@/components/tables/columns"
import { amountText } from "@/components/ui/amount"
import type { LeagueRow } from "@/lib/outlook/league/schemas"
import type { LeagueGrouping } from "@/lib/outlook/league/words"

function Name({ row }: { row: LeagueRow }) {
  const t = useTranslations("catalogue")
  return (
    <Group gap={6} miw="6rem">
      <Text span size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
        {row.name}
      </Text>
      {row.isComparable ? null : (
        <Badge variant="light" color="gray">
          {t("tooFew")}
        </Badge>
      )}
    </Group>
  )
}

const stability: Column<LeagueRow>[] = [
  { id: "name", value: ({ name }) => name, cell: Name },
  { id: "terminals", value: ({ terminals }) => terminals, align: "right" },
  {
    id: "deviceFailureRate",
    value: ({ rate }) => rate,
    cell: ({ row }) => <DeviceFailures {...row} />,
    align: "right",
  },
  {
    id: "availability",
    value: ({ availability }) => availability.share,
    cell: ({ row }) => <OpenHoursShare {...row.availability} />,
    align: "right",
  },
  {
    id: "flagsPerTerminalYear",
    value: ({ flagsPerTerminalYear }) => flagsPerTerminalYear,
    cell: ({ row }) => <FlagRate {...row} />,
    align: "right",
  },
]

const warranty: Column<LeagueRow> = {
  id: "warrantyMonths",
  value: ({ terms }) => terms.warrantyMonths,
  align: "right",
}

const fee: Column<LeagueRow> = {
  id: "feePercent",
  value: ({ terms }) => terms.feePercent,
  text: ({ terms: { feePercent, feeNote } }) =>
    [feePercent, feeNote].filter((part) => part !== null).join(" · "),
  cell: ({ row: { terms } }) => <Fee percent={terms.feePercent} note={terms.feeNote} />,
}

const amounts = (["terminalPriceMinor", "depositMinor"] as const).map((id): Column<LeagueRow> => ({
  id,
  value: ({ terms }) => terms[id],
  text: ({ terms }, { format }) => {
    const minor = terms[id]
    return minor === null ? null : amountText(format, minor, terms.currency)
  },
  cell: ({ row: { terms } }) => <Money minor={terms[id]} currency={terms.currency} />,
  align: "right",
}))

/** The columns of the league table. */
export const leagueColumns: Record<LeagueGrouping, Column<LeagueRow>[]> = {
  acquirer: [...stability, fee, ...amounts],
  supplier: [...stability, warranty],
  model: [...stability, { id: "manufacturer", value: ({ terms }) => terms.manufacturer }, warranty],
}
