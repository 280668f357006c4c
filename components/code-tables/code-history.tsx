"use client"

import { Stack, Text, Title } from "@mantine/core"
import { useTranslations } from "next-intl"
import { remedyText } from "@/components/code-tables/remedy-text"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { Labelled } from "@/components/ui/labelled"
import { TimeAgo } from "@/components/ui/time-ago"
import { useLanguage } from "@/components/ui/use-language"
import type { CodeChange, CodeMeaning } from "@/lib/fleet/code-packs/schemas"

/** Who changed a code when, from what to what. */
export function CodeHistory({ changes }: { changes: readonly CodeChange[] }) {
  const t = useTranslations("codeTables")
  return (
    <Stack gap="xs" mt="md">
      <Title order={3} size="h5">
        {t("history")}
      </Title>
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noHistory")}
        </Text>
      ) : null}
      {changes.map(({ version, at, by, from, to }) => (
        <Stack key={version} gap={0}>
          <Text size="xs" c="dimmed">
            {t.rich("by", { time: () => <TimeAgo at={at} />, name: by ?? t("unknownPerson"), version })}
          </Text>
          <Text size="sm">
            <Labelled label={t("from")}>
              <MeaningText of={from} />
            </Labelled>
          </Text>
          <Text size="sm">
            <Labelled label={t("to")}>
              <MeaningText of={to} />
            </Labelled>
          </Text>
        </Stack>
      ))}
    </Stack>
  )
}

function MeaningText({ of }: { of: CodeMeaning | null }) {
  const t = useTranslations("codeTables")
  const tAll = useTranslations()
  const tCause = useTranslations("causes")
  const language = useLanguage()
  if (of === null) return t("noMeaning")
  const meaning = language === "zh" ? of.meaning_zh || of.meaning_en : of.meaning_en
  return [tCause(of.cause), subcauseWith(of.subcause, tAll), remedyText(of.remedy, tAll), meaning]
    .filter((part) => part !== "")
    .join(" · ")
}
