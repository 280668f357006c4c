"use client"

import { Select, SimpleGrid, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { Panel } from "@/components/ui/panel"
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
  const said = Object.keys(meanings).filter((code) => code !== everyOtherCode)
  if (open.length === 0 && said.length === 0 && meanings[everyOtherCode] === undefined) return null
  const codes = [...new Set([everyOtherCode, ...said, ...rowsOf.keys()])].slice(0, codesShown)
  const say = (code: string, meaning: CodeMeaningWord | undefined) => {
    const { [code]: _old, ...others } = meanings
    onChange(meaning === undefined ? others : { ...others, [code]: meaning })
  }
  return (
    <Panel title={t("codes")}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("codesText")}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {codes.map((code) => {
            const rows = rowsOf.get(code)
            const label = code === everyOtherCode ? t("everyOtherCode") : code
            return (
              <Select
                key={code}
                label={label}
                description={rows === undefined ? undefined : t("wordRows", { count: rows })}
                aria-label={code === everyOtherCode ? label : t("codeMeans", { code })}
                placeholder={t("wordChoose")}
                clearable
                value={meanings[code] ?? null}
                data={codeMeanings.map((value) => ({ value, label: t(`codeMeanings.${value}`) }))}
                onChange={(chosen) =>
                  say(
                    code,
                    codeMeanings.find((one) => one === chosen),
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
