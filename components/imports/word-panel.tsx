"use client"

import { useTranslations } from "next-intl"
import { MeaningPanel } from "@/components/imports/meaning-panel"
import { wordKey } from "@/lib/intake/imports/mapping/word-key"
import type { Preview } from "@/lib/intake/imports/runs/schemas"
import { saleWords, type SaleWord } from "@/lib/intake/imports/words"

type Words = Readonly<Record<string, SaleWord>>
type Props = { unknown: Preview["unknownWords"]; words: Words; onChange: (words: Words) => void }

/** Asks for the meaning of unknown words in a file. */
export function WordPanel({ unknown, words, onChange }: Props) {
  const t = useTranslations("imports")
  const rowsOf = new Map(unknown.map(({ text, rows }) => [wordKey(text), { text, rows }]))
  const keys = [...new Set([...Object.keys(words), ...rowsOf.keys()])]
  if (keys.length === 0) return null
  return (
    <MeaningPanel
      title={t("words")}
      text={t("wordsText")}
      asked={keys.map((key) => {
        const { text = key, rows } = rowsOf.get(key) ?? {}
        return { key, label: text, spokenLabel: t("wordMeans", { text }), rows }
      })}
      options={saleWords.map((value) => ({ value, label: t(`saleWords.${value}`) }))}
      meanings={words}
      onChange={onChange}
    />
  )
}
