"use client"

import { Button, Checkbox, Group, Paper, Stack, Text, Title } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import { subcauseWith } from "@/components/code-tables/subcause-name"
import { EmptyState } from "@/components/ui/empty-state"
import { usePeriodText } from "@/components/ui/period"
import { useStoreName } from "@/components/ui/store-name"
import type { CoachingSheet } from "@/lib/insight/coaching/schemas"
import { procedureOf } from "@/lib/insight/coaching/words"

/** A sheet to print: what each cashier of a store could do better, and the right procedure. */
export function CoachingPage({ sheet }: { sheet: CoachingSheet }) {
  const t = useTranslations("coaching")
  const tCommon = useTranslations("common")
  const periodText = usePeriodText()
  const storeName = useStoreName()
  const worked = sheet.shifts.filter(({ cashiers }) => cashiers.length > 0)
  return (
    <Stack component="main" p="md" gap="md" maw={900} mx="auto">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h3">
            {t("title")}
            {tCommon("colon")}
            {storeName(sheet.store.name)}
          </Title>
          <Text size="sm" c="dimmed">
            {periodText(sheet)}
          </Text>
        </div>
        <Button size="xs" className="no-print" onClick={() => window.print()}>
          {t("print")}
        </Button>
      </Group>
      <Text size="sm">{t("text")}</Text>
      {worked.length === 0 ? <EmptyState title={t("none")}>{t("noneText")}</EmptyState> : null}
      {worked.map(({ shift, cashiers }) => (
        <Stack key={shift} component="section" gap="xs">
          <Title order={2} size="h4">
            {t(`shifts.${shift}`)}
          </Title>
          {cashiers.map((cashier) => (
            <CashierPart key={cashier.operator} cashier={cashier} timeZone={sheet.store.timeZone} />
          ))}
        </Stack>
      ))}
    </Stack>
  )
}

type Cashier = CoachingSheet["shifts"][number]["cashiers"][number]

function CashierPart({
  cashier: { operator, failures, topics },
  timeZone,
}: {
  cashier: Cashier
  timeZone: string
}) {
  const t = useTranslations("coaching")
  return (
    <Paper withBorder p="sm" className="print-section">
      <Group justify="space-between" mb="xs">
        <Title order={3} size="h5">
          {operator === null ? t("unnamed") : t("cashier", { operator })}
        </Title>
        <Text size="sm" c="dimmed">
          {t("failures", { failures })}
        </Text>
      </Group>
      <Stack gap="sm">
        {topics.map((topic) => (
          <TopicPart key={topic.subcause} topic={topic} timeZone={timeZone} />
        ))}
      </Stack>
    </Paper>
  )
}

type TopicProps = { topic: Cashier["topics"][number]; timeZone: string }

function TopicPart({ topic: { subcause, failures, lastAt, steps }, timeZone }: TopicProps) {
  const t = useTranslations()
  const format = useFormatter()
  const procedure = procedureOf(subcause)
  const right = procedure
    ? [t(`coaching.procedures.${procedure}`)]
    : steps.map((step) => t(`diagnoses.doNow.${step}`))
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Checkbox size="xs" mt={3} aria-label={t("coaching.done", { subcause: subcauseWith(subcause, t) })} />
      <div>
        <Text size="sm" fw={600}>
          {subcauseWith(subcause, t)}{" "}
          <Text span size="xs" c="dimmed">
            {t("coaching.times", {
              failures,
              last: format.dateTime(new Date(lastAt), { dateStyle: "medium", timeStyle: "short", timeZone }),
            })}
          </Text>
        </Text>
        {right.map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence}
          </Text>
        ))}
      </div>
    </Group>
  )
}
