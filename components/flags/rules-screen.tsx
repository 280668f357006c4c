"use client"

import { Anchor, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import { RehearsalPanel } from "@/components/flags/rehearsal-panel"
import { RuleState } from "@/components/flags/rule-state"
import { SimpleTable } from "@/components/tables/simple-table"
import { ErrorState } from "@/components/ui/error-state"
import { Linked } from "@/components/ui/linked"
import { PageHeader } from "@/components/ui/page-header"
import { Panel } from "@/components/ui/panel"
import { percentText } from "@/components/ui/percent"
import { useGap } from "@/components/ui/use-language"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import { ruleRecordOptions } from "@/lib/insight/handling/queries"
import type { RuleRecord, RuleRecords } from "@/lib/insight/handling/schemas"

const counts = ["findings", "right", "wrong", "noFaultFound", "open", "opened"] as const
const number = { align: "right", isLeftOutAtZero: true } as const

/** How often each rule was right, by what technicians found. */
export function RulesScreen({ canChange, canHandle }: { canChange: boolean; canHandle: boolean }) {
  const t = useTranslations("handling")
  const tRule = useTranslations("flags.rules")
  const format = useFormatter()
  const records = useQuery(ruleRecordOptions())
  if (!records.data)
    return records.isError ? <ErrorState onRetry={() => void records.refetch()} /> : <Skeleton height={400} />
  return (
    <Stack gap="md">
      <PageHeader title={t("rules")} subtitle={t("rulesSubtitle")} />
      <RehearsalPanel canChange={canChange} />
      <Panel title={t("rulesTable")}>
        {canHandle ? (
          <Text size="sm" mb="xs">
            {t("rulesHow")}
          </Text>
        ) : null}
        <SimpleTable
          label={t("rulesTable")}
          minWidth={860}
          hasRowHeads
          head={[
            { key: "rule", title: t("columns.rule") },
            { ...number, key: "precision", title: t("columns.precision") },
            ...counts.map((key) => ({ ...number, key, title: t(`columns.${key}`) })),
            { key: "state", title: t("columns.state") },
          ]}
          rows={records.data.data.map((one) => ({
            key: one.rule,
            cells: [
              <Linked key="rule" href={withQuery(paths.flags, { rule: one.rule })}>
                {tRule(`${one.rule}.name`)}
              </Linked>,
              one.precision === null ? "—" : <Precision key="precision" record={one} />,
              ...counts.map((key) => format.number(one[key])),
              <RuleState key="state" record={one} canChange={canChange} />,
            ],
          }))}
        />
        <SettingsOfRules settings={records.data.settings} canChange={canChange} />
      </Panel>
    </Stack>
  )
}

function SettingsOfRules({
  settings: { movedRadiusM, idleMonths, idleLongMonths },
  canChange,
}: {
  settings: RuleRecords["settings"]
  canChange: boolean
}) {
  const t = useTranslations("handling")
  const gap = useGap()
  return (
    <Text size="sm" c="dimmed" mt="sm">
      {t("ruleSettings", { metres: movedRadiusM, months: idleMonths, longMonths: idleLongMonths })}
      {gap}
      {canChange ? (
        <Anchor component={Link} href={paths.organisation} size="sm">
          {t("changeSettings")}
        </Anchor>
      ) : null}
    </Text>
  )
}

function Precision({ record: { precision, interval } }: { record: RuleRecord }) {
  const format = useFormatter()
  if (precision === null || interval === null) return "—"
  const [low, high] = interval
  return (
    <>
      {percentText(format, precision)}{" "}
      <Text span size="xs" c="dimmed">
        {percentText(format, low)} – {percentText(format, high)}
      </Text>
    </>
  )
}
