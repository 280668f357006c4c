"use client"

import { Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { Meaning } from "@/components/code-tables/code-meaning"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { amountText } from "@/components/ui/amount"
import { CauseBadge } from "@/components/ui/badges"
import { Linked } from "@/components/ui/linked"
import { percentText } from "@/components/ui/percent"
import { StoreName } from "@/components/ui/store-name"
import { useLanguage } from "@/components/ui/use-language"
import { paths } from "@/lib/base/paths"
import type { FailedSale } from "@/lib/insight/failed-sales/schemas"

type Cell = { row: FailedSale; onOpen?: () => void }

export const saleKey = ({ terminal, id, at }: FailedSale) => `${terminal.id} ${id} ${at}`

const Time = ({ row, onOpen }: Cell) => {
  const format = useFormatter()
  return (
    <span style={{ whiteSpace: "nowrap" }}>
      <NameCell
        name={format.dateTime(new Date(row.at), { dateStyle: "medium", timeStyle: "short" })}
        onOpen={onOpen}
      />
    </span>
  )
}

const Terminal = ({ row: { terminal, store } }: Cell) => (
  <>
    <Linked href={paths.terminal(terminal.id)}>{terminal.serial}</Linked>
    <Text size="xs" c="dimmed">
      <StoreName name={store.name} />
    </Text>
  </>
)

const Code = ({ row: { code, meaningEn, meaningZh } }: Cell) => (
  <>
    {code ?? "—"}
    <Text size="xs" c="dimmed">
      <Meaning en={meaningEn} zh={meaningZh} />
    </Text>
  </>
)

/** The largest share names the cause; an undecided verdict is as sure as nothing. */
const surenessOf = ({ cause, p }: NonNullable<FailedSale["verdict"]>): number | null =>
  cause === "unknown" ? null : p[cause]

const Verdict = ({ row: { verdict } }: Cell) => {
  const t = useTranslations("verdicts")
  const format = useFormatter()
  const language = useLanguage()
  if (!verdict) return <Text size="xs">{t("notYet")}</Text>
  const sure = surenessOf(verdict)
  const [first] = verdict.evidence
  return (
    <>
      <CauseBadge cause={verdict.cause} />{" "}
      {sure === null ? null : (
        <Text span size="xs" c="dimmed">
          {t("sure", { percent: percentText(format, sure, 0) })}
        </Text>
      )}
      {first ? (
        <Text size="xs" c="dimmed">
          {first.text[language]}
        </Text>
      ) : null}
    </>
  )
}

const Amount = ({ row: { amountMinor, currency } }: Cell) => {
  const format = useFormatter()
  return amountMinor === null ? "—" : amountText(format, amountMinor, currency)
}

const Entry = ({ row: { entryMode } }: Cell) => {
  const t = useTranslations()
  if (entryMode === null) return "—"
  return (
    <Text span size="sm" style={{ whiteSpace: "nowrap" }}>
      {t.has(`entryModes.${entryMode}`) ? t(`entryModes.${entryMode}`) : entryMode}
    </Text>
  )
}

/** The API answers the newest first. */
const columns: Column<FailedSale>[] = [
  { id: "time", value: ({ at }) => at, cell: Time },
  { id: "terminal", value: ({ terminal }) => terminal.serial, cell: Terminal },
  { id: "code", value: ({ code }) => code, cell: Code },
  {
    id: "verdict",
    value: ({ verdict }) => verdict?.cause ?? null,
    text: ({ verdict }, { t }) => verdict && t(`causes.${verdict.cause}`),
    cell: Verdict,
  },
  { id: "entryMode", value: ({ entryMode }) => entryMode, cell: Entry, isForWide: true },
  { id: "issuer", value: ({ issuer }) => issuer, isForWide: true },
  { id: "operator", value: ({ operator }) => operator, isForWide: true },
  { id: "amount", value: ({ amountMinor }) => amountMinor, cell: Amount, align: "right" },
]
export const saleColumns = columns.map((column) => ({ ...column, isSortable: false }))
