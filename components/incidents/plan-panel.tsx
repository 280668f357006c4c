"use client"

import { Anchor, Box, Button, List, Stack, Text, Title } from "@mantine/core"
import { useLocale, useTranslations } from "next-intl"
import { useState } from "react"
import { PlanDrawer } from "@/components/incidents/plan-drawer"
import { SimpleTable } from "@/components/tables/simple-table"
import { Panel } from "@/components/ui/panel"
import type { Plan, PlanText } from "@/lib/insight/incidents/plan-schemas"

/** What to do in an incident: whom to call, what to say, other ways to pay, and who does what by when. */
export function PlanPanel({ plan, title, canChange }: { plan: Plan; title: string; canChange: boolean }) {
  const t = useTranslations("incidents.plan")
  const locale = useLocale()
  const [isEdited, setIsEdited] = useState(false)
  const text = locale === "zh" ? plan.texts.zh : plan.texts.en
  return (
    <Panel
      title={title}
      action={
        canChange ? (
          <Button size="compact-sm" variant="light" onClick={() => setIsEdited(true)}>
            {t("edit")}
          </Button>
        ) : null
      }
    >
      <Stack gap="md">
        <Calls call={text.call} />
        {(["staff", "customers", "otherWays"] as const).map((part) => (
          <Part key={part} title={t(part)} text={text[part]} />
        ))}
        {text.steps.length > 0 ? (
          <SimpleTable
            label={t("steps")}
            head={[
              { key: "minute", title: t("minute"), width: 72 },
              { key: "who", title: t("who"), width: "20%" },
              { key: "what", title: t("what") },
            ]}
            rows={text.steps.map(({ minute, who, what }) => ({
              key: `${minute} ${who} ${what}`,
              cells: [
                t("after", partsOf(minute)),
                <Box key="who" style={{ overflowWrap: "break-word" }}>
                  {who}
                </Box>,
                what,
              ],
            }))}
          />
        ) : null}
        <Text size="xs" c="dimmed">
          {plan.version === 0
            ? t("shipped", { canChange: String(canChange) })
            : t("version", { version: plan.version, by: plan.madeBy ?? "" })}
        </Text>
      </Stack>
      {isEdited ? <PlanDrawer plan={plan} text={text} onClose={() => setIsEdited(false)} /> : null}
    </Panel>
  )
}

/** A day and more is told in days, an hour and more in hours. */
const partsOf = (minutes: number) => ({
  days: Math.floor(minutes / 1440),
  hours: Math.floor(minutes / 60),
  minutes,
})

function Calls({ call }: Pick<PlanText, "call">) {
  const t = useTranslations("incidents.plan")
  if (call.length === 0) return null
  return (
    <Stack gap={2}>
      <Title order={3} size="h6">
        {t("call")}
      </Title>
      <List size="sm">
        {call.map(({ who, phone }) => (
          <List.Item key={`${who} ${phone}`}>
            {who} {phone ? <Anchor href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</Anchor> : null}
          </List.Item>
        ))}
      </List>
    </Stack>
  )
}

function Part({ title, text }: { title: string; text: string }) {
  if (text === "") return null
  return (
    <Stack gap={2}>
      <Title order={3} size="h6">
        {title}
      </Title>
      <Text size="sm" style={{ whiteSpace: "pre-line" }}>
        {text}
      </Text>
    </Stack>
  )
}
