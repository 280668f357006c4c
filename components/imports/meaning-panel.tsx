"use client"

import { Select, SimpleGrid, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import { Panel } from "@/components/ui/panel"

/** Something in a file whose meaning is asked for, with the number of its rows if they are known. */
export type Asked = { key: string; label: string; spokenLabel: string; rows: number | undefined }

type Props<Meaning extends string> = {
  title: string
  text: string
  asked: readonly Asked[]
  options: readonly { value: Meaning; label: string }[]
  meanings: Readonly<Record<string, Meaning>>
  onChange: (meanings: Readonly<Record<string, Meaning>>) => void
}

/** Asks for the meaning of words or codes in a file. */
export function MeaningPanel<Meaning extends string>(props: Props<Meaning>) {
  const { title, text, asked, options, meanings, onChange } = props
  const t = useTranslations("imports")
  const say = (key: string, meaning: Meaning | undefined) => {
    const { [key]: _old, ...others } = meanings
    onChange(meaning === undefined ? others : { ...others, [key]: meaning })
  }
  return (
    <Panel title={title}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {asked.map(({ key, label, spokenLabel, rows }) => (
            <Select
              key={key}
              label={label}
              description={rows === undefined ? undefined : t("wordRows", { count: rows })}
              aria-label={spokenLabel}
              placeholder={t("wordChoose")}
              clearable
              value={meanings[key] ?? null}
              data={[...options]}
              onChange={(chosen) => say(key, options.find(({ value }) => value === chosen)?.value)}
            />
          ))}
        </SimpleGrid>
      </Stack>
    </Panel>
  )
}
