"use client"

import { useTranslations } from "next-intl"
import { terminalFields } from "@/components/imports/use-terminal-fields"
import type { ReaderFormat } from "@/components/tables/columns"
import type { RowError } from "@/lib/intake/imports/runs/schemas"

export const refusalWith = (
  { code, field, message, value, other }: RowError,
  t: ReaderFormat["t"],
): string => {
  const { nameOf, valueOf } = terminalFields(t)
  return t(`importResults.refusals.${code}`, {
    field: nameOf(field),
    value: valueOf(field, value ?? ""),
    other: valueOf(field, other ?? ""),
    message,
  })
}

/** Why a row of a file of terminals is rejected. */
export function RefusalText({ refusal }: { refusal: RowError }) {
  return refusalWith(refusal, useTranslations())
}
