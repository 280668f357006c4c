"use client"

import { Button, Stack, Text } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { useState } from "react"
import { SimpleTable } from "@/components/tables/simple-table"
import { dayText } from "@/components/ui/day-text"
import { Panel } from "@/components/ui/panel"
import { changeOrganisation } from "@/lib/access/organisation/queries"
import type { Sensitivity } from "@/lib/access/organisation/words"
import { rehearsalOptions } from "@/lib/insight/sensitivity/queries"
import type { Rehearsals } from "@/lib/insight/sensitivity/schemas"

const counts = ["opened", "confirmed", "noFaultFound", "missing"] as const

/** What each sensitivity would have opened, to choose one. */
export function RehearsalPanel({ canChange }: { canChange: boolean }) {
  const t = useTranslations("handling")
  const format = useFormatter()
  const rehearsals = useQuery(rehearsalOptions()).data
  const [hasRules, setHasRules] = useState(false)
  if (!rehearsals) return null
  const { since } = rehearsals
  return (
    <Panel
      title={t("rehearsal")}
      action={
        since === null ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={hasRules}
            onClick={() => setHasRules(!hasRules)}
          >
            {hasRules ? t("hideRules") : t("showRules")}
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <Text size="sm">{t("rehearsalText")}</Text>
        <Text size="sm" c="dimmed">
          {since === null ? t("notRehearsed") : t("rehearsedSince", { on: dayText(format, since) })}
        </Text>
        <Choices rehearsals={rehearsals} canChange={canChange} />
        {hasRules ? <RulesTable rehearsals={rehearsals} /> : null}
      </Stack>
    </Panel>
  )
}

function Choices({ rehearsals, canChange }: { rehearsals: Rehearsals; canChange: boolean }) {
  const t = useTranslations("handling")
  const format = useFormatter()
  return (
    <SimpleTable
      label={t("rehearsal")}
      minWidth={640}
      hasRowHeads
      head={[
        { key: "sensitivity", title: t("rehearsed.sensitivity") },
        ...counts.map((key) => ({ key, title: t(`rehearsed.${key}`), align: "right" as const })),
        { key: "use", title: t("rehearsed.use") },
      ]}
      rows={rehearsals.data.map(({ sensitivity, rate, ...counted }) => ({
        key: sensitivity,
        cells: [
          <div key="name">
            {t(`sensitivities.${sensitivity}`)}
            <Text size="xs" c="dimmed">
              {t("rateText", { rate: format.number(rate, { style: "percent", maximumFractionDigits: 1 }) })}
            </Text>
          </div>,
          ...counts.map((key) => (rehearsals.since === null ? "—" : format.number(counted[key]))),
          sensitivity === rehearsals.sensitivity ? (
            <Text key="use" size="sm" fw={600}>
              {t("inUse")}
            </Text>
          ) : canChange ? (
            <UseButton key="use" sensitivity={sensitivity} />
          ) : (
            ""
          ),
        ],
      }))}
    />
  )
}

function UseButton({ sensitivity }: { sensitivity: Sensitivity }) {
  const t = useTranslations("handling")
  const colon = useTranslations("common")("colon")
  const client = useQueryClient()
  const use = useMutation({
    mutationFn: () => changeOrganisation({ sensitivity }),
    onSuccess: async (organisation) => {
      client.setQueryData(["organisation"], organisation)
      await client.invalidateQueries({ queryKey: ["flags", "rehearsals"] })
    },
  })
  return (
    <Stack gap={2}>
      <Button
        size="compact-sm"
        variant="light"
        loading={use.isPending}
        aria-label={`${t("use")}${colon}${t(`sensitivities.${sensitivity}`)}`}
        onClick={() => use.mutate()}
      >
        {t("use")}
      </Button>
      {use.isError ? (
        <Text size="xs" c="red" role="alert">
          {use.error.message}
        </Text>
      ) : null}
    </Stack>
  )
}

/** How many flags each sensitivity would have opened of each rule, with those that were later fixed. */
function RulesTable({ rehearsals: { data } }: { rehearsals: Rehearsals }) {
  const t = useTranslations("handling")
  const tRule = useTranslations("flags.rules")
  const format = useFormatter()
  return (
    <SimpleTable
      label={t("byRule")}
      minWidth={640}
      hasRowHeads
      head={[
        { key: "rule", title: t("columns.rule") },
        ...data.flatMap(({ sensitivity }) => [
          {
            key: sensitivity,
            title: t("openedIf", { sensitivity: t(`sensitivities.${sensitivity}`) }),
            align: "right" as const,
          },
          { key: `${sensitivity} fixed`, title: t("rehearsed.confirmed"), align: "right" as const },
        ]),
      ]}
      rows={(data[0]?.rules ?? []).map(({ rule }, i) => ({
        key: rule,
        cells: [
          tRule(`${rule}.name`),
          ...data.flatMap(({ rules }) =>
            (["opened", "confirmed"] as const).map((of) => format.number(rules[i]?.[of] ?? 0)),
          ),
        ],
      }))}
    />
  )
}
