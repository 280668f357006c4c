"use client"

import { useTranslations } from "next-intl"
import { MeaningPanel } from "@/components/imports/meaning-panel"
import type { Preview } from "@/lib/intake/imports/runs/schemas"
import { codeMeanings, everyOtherCode, type CodeMeaningWord } from "@/lib/intake/imports/words"

type Meanings = Readonly<Record<string, CodeMeaningWord>>
type Props = { open: Preview["openCodes"]; meanings: Meanings; onChange: (meanings: Meanings) => void }

/** No more codes get a field of their own. */
const codesShown = 30

/** Asks for the meaning of codes that decide the outcome of sales and that no code table has. */
export function CodePanel({ open, meanings, onChange }: Props) {
  const t = useTranslations("imports")
  const rowsOf = new Map(open.map(({ code, rows }) => [code, rows]))
  const chosen = Object.keys(meanings).filter((code) => code !== everyOtherCode)
  if (open.length === 0 && chosen.length === 0 && meanings[everyOtherCode] === undefined) return null
  const codes = [...new Set([everyOtherCode, ...chosen, ...rowsOf.keys()])].slice(0, codesShown)
  const everyOther = t("everyOtherCode")
  return (
    <MeaningPanel
      title={t("codes")}
      text={t("codesText")}
      asked={codes.map((code) => ({
        key: code,
        label: code === everyOtherCode ? everyOther : code,
        spokenLabel: code === everyOtherCode ? everyOther : t("codeMeans", { code }),
        rows: rowsOf.get(code),
      }))}
      options={codeMeanings.map((value) => ({ value, label: t(`codeMeanings.${value}`) }))}
      meanings={meanings}
      onChange={onChange}
    />
  )
}
