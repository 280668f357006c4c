"use client"

import { Select, SimpleGrid, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { Panel } from "@/components/ui/panel"
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
  const say = (key: string, meaning: SaleWord | undefined) => {
    const { [key]: _old, ...others } = words
    onChange(meaning === undefined ? others : { ...others, [key]: meaning })
  }
  return (
    <Panel title={t("words")}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("wordsText")}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {keys.map((key) => {
            const found = rowsOf.get(key)
            return (
              <Select
                key={key}
                label={found?.text ?? key}
                description={found && t("wordRows", { count: found.rows })}
                aria-label={t("wordMeans", { text: found?.text ?? key })}
                placeholder={t("wordChoose")}
                clearable
                value={words[key] ?? null}
                data={saleWords.map((value) => ({ value, label: t(`saleWords.${value}`) }))}
                onChange={(chosen) =>
                  say(
                    key,
                    saleWords.find((one) => one === chosen),
                  )
                }
              />
            )
          })}
        </SimpleGrid>
      </Stack>
    </Panel>
  )
}
