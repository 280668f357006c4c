"use client"

import { Anchor, Code, Spoiler, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { SimpleTable } from "@/components/tables/simple-table"
import { Panel } from "@/components/ui/panel"
import { causes, remedies } from "@/lib/fleet/code-packs/cause"
import { channelOfSubcause } from "@/lib/fleet/code-packs/subcauses"

/** The columns of a table with the words that each takes; without words, any text. */
const columns = {
  code: [],
  cause: [...causes, "none"],
  subcause: Object.keys(channelOfSubcause),
  remedy: remedies,
  retry: [],
  device_attributable: ["true", "weak", "false"],
  confidence: ["high", "medium", "low"],
  meaning_en: [],
  meaning_zh: [],
  note: [],
} as const satisfies Record<string, readonly string[]>

const names = Object.keys(columns) as (keyof typeof columns)[]
const example = [
  names.slice(0, -1).join(","),
  "51,card,insufficient_funds,check_card,maybe_later,false,high,Insufficient funds,余额不足",
  "E7,device,chip_read_error,clean,unknown,weak,medium,Chip not read,芯片读取失败",
].join("\n")

/** How to write a table: its columns, their words, and an example to download. */
export function ColumnsPanel() {
  const t = useTranslations("codeTables")
  return (
    <Panel title={t("howTo")}>
      <Stack gap="sm">
        <Text size="sm">
          {t.rich("howToText", {
            code: (text) => <Code>{text}</Code>,
            link: (text) => (
              <Anchor
                href={`data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${example}\n`)}`}
                download="code-table.csv"
              >
                {text}
              </Anchor>
            ),
          })}
        </Text>
        <div className="wide-only">
          <SimpleTable
            label={t("howTo")}
            minWidth={640}
            head={[
              { key: "column", title: t("column"), width: 180 },
              { key: "means", title: t("means"), width: 320 },
              { key: "words", title: t("wordsOf") },
            ]}
            rows={names.map((name) => ({
              key: name,
              cells: [
                <Code key="column">{name}</Code>,
                t(`columnText.${name}`),
                <Words key="words" of={columns[name]} />,
              ],
            }))}
          />
        </div>
        <Stack gap="sm" className="narrow-only">
          {names.map((name) => (
            <Text key={name} size="sm" component="div">
              <Code>{name}</Code> {t(`columnText.${name}`)}
              {columns[name].length > 0 ? <Words of={columns[name]} /> : null}
            </Text>
          ))}
        </Stack>
      </Stack>
    </Panel>
  )
}

function Words({ of }: { of: readonly string[] }) {
  const t = useTranslations("codeTables")
  if (of.length === 0) return t("anyText")
  return (
    <Spoiler
      maxHeight={42}
      showLabel={t("allWords", { count: of.length })}
      hideLabel={t("fewerWords")}
      styles={{ control: { fontSize: "var(--mantine-font-size-sm)" } }}
    >
      <Text component="code" size="xs" ff="monospace">
        {of.join("  ")}
      </Text>
    </Spoiler>
  )
}
