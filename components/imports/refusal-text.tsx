"use client"

import { useTranslations } from "next-intl"
import { useTerminalFields } from "@/components/imports/use-terminal-fields"
import type { RowError } from "@/lib/intake/imports/runs/schemas"

/** Why a row of a file of terminals is rejected. */
export function RefusalText({ refusal: { code, field, message, value, other } }: { refusal: RowError }) {
  const t = useTranslations("importResults.refusals")
  const { nameOf, valueOf } = useTerminalFields()
  return t(code, {
    field: nameOf(field),
    value: valueOf(field, value ?? ""),
    other: valueOf(field, other ?? ""),
    message,
  })
}
