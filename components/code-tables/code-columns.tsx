"use client"

import { Badge } from "@mantine/core"
import { useTranslations } from "next-intl"
import { Meaning } from "@/components/code-tables/code-meaning"
import { remedyText } from "@/components/code-tables/remedy-text"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import type { Column } from "@/components/tables/columns"
import { NameCell } from "@/components/tables/name-cell"
import { CauseBadge } from "@/components/ui/badges"
import type { CurrentCode } from "@/lib/fleet/code-packs/schemas"

function Cause({ row: { cause } }: { row: CurrentCode }) {
  const t = useTranslations("causes")
  return cause === "none" ? t("none") : <CauseBadge cause={cause} />
}

const SubcauseName = ({ row }: { row: CurrentCode }) => subcauseWith(row.subcause, useTranslations())

const Remedy = ({ row }: { row: CurrentCode }) => remedyText(row.remedy, useTranslations()) || "—"

const MeaningCell = ({ row }: { row: CurrentCode }) => <Meaning en={row.meaning_en} zh={row.meaning_zh} />

function Source({ row: { isOwn } }: { row: CurrentCode }) {
  const t = useTranslations("codeTables")
  return isOwn ? <Badge variant="light">{t("own")}</Badge> : t("shipped")
}

export const codeColumns: Column<CurrentCode>[] = [
  {
    id: "code",
    value: ({ code }) => code,
    cell: ({ row, onOpen }) => <NameCell name={row.code} onOpen={onOpen} />,
  },
  { id: "cause", value: ({ cause }) => cause, cell: Cause },
  { id: "subcause", value: ({ subcause }) => subcause, cell: SubcauseName },
  { id: "remedy", value: ({ remedy }) => remedy, cell: Remedy },
  { id: "meaning", value: ({ meaning_en: en, meaning_zh: zh }) => `${en} ${zh}`, cell: MeaningCell },
  { id: "source", value: ({ isOwn }) => (isOwn ? "own" : "shipped"), cell: Source },
]
