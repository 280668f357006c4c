"use client"

import { Anchor, Badge, Box, Group, Stack, Text } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import Link from "next/link"
import type { ReactNode } from "react"
import { adviceOf } from "@/components/flags/advice"
import { FlagReason } from "@/components/flags/flag-reason"
import { KindBadge } from "@/components/ui/badges"
import { EmptyState } from "@/components/ui/empty-state"
import { Panel } from "@/components/ui/panel"
import { StoreName } from "@/components/ui/store-name"
import type { Permission } from "@/lib/access/actor/permissions"
import { withQuery } from "@/lib/base/http/get-json"
import { paths } from "@/lib/base/paths"
import type { Overview } from "@/lib/outlook/overview/schemas"

type Props = { overview: Overview; allowed: readonly Permission[] }

/** What needs whom: who acts and what the next step is, most urgent first. */
export function NeedsPanel({ overview, allowed }: Props) {
  const t = useTranslations("overview")
  const format = useFormatter()
  const { needs, nextRoundAt, terminals } = overview
  return (
    <Panel
      title={t("due")}
      action={
        <Anchor component={Link} href={paths.flags} size="sm">
          {t("allFlags")}
        </Anchor>
      }
    >
      <Stack gap="sm">
        {needs.map((need) => (
          <FlagNeed key={`${need.rule} ${need.kind}`} need={need} />
        ))}
        {needs.length === 0 && terminals > 0 && nextRoundAt !== null ? (
          <EmptyState title={t("looking")}>
            {t("lookingText", { at: format.dateTime(new Date(nextRoundAt), { timeStyle: "medium" }) })}
          </EmptyState>
        ) : null}
        {needs.length === 0 && terminals > 0 && nextRoundAt === null ? (
          <EmptyState title={t("nothingDue")}>{t("nothingDueText")}</EmptyState>
        ) : null}
        <SetupNeeds overview={overview} allowed={allowed} />
      </Stack>
    </Panel>
  )
}

function FlagNeed({ need: { rule, kind, count, newest } }: { need: Overview["needs"][number] }) {
  const t = useTranslations("flags")
  const tOverview = useTranslations("overview")
  const tHandling = useTranslations("handling")
  const tCommon = useTranslations("common")
  const [first] = newest
  if (!first) return null
  const advice = adviceOf(first)
  return (
    <Need
      badge={<KindBadge kind={kind} />}
      what={advice === "tamper" ? t("reasons.tamper") : t(`rules.${rule}.name`)}
      count={first.incident === null ? tOverview("terminalsDue", { count }) : tHandling("count", { count })}
      href={withQuery(paths.flags, { kind, rule })}
      who={t(`rules.${advice}.who`)}
      step={t(`rules.${advice}.toDo`)}
    >
      {newest.map((flag) => (
        <Text key={flag.id} size="xs" truncate>
          {flag.terminal ? (
            <Anchor component={Link} href={paths.terminal(flag.terminal.id)} size="xs" fw={600}>
              {flag.terminal.serial}
            </Anchor>
          ) : null}{" "}
          {flag.store ? (
            <>
              <StoreName name={flag.store.name} />
              {tCommon("colon")}
            </>
          ) : null}
          {flag.reasons[0] ? <FlagReason reason={flag.reasons[0]} /> : null}
        </Text>
      ))}
    </Need>
  )
}

/** Terminals to enrol, response codes without a cause and rejected records. */
function SetupNeeds({ overview: { pending, unmappedCodes, quarantined }, allowed }: Props) {
  const t = useTranslations("overview")
  const rows = [
    { key: "pending", count: pending, href: `${paths.terminals}?status=pending` },
    { key: "unmapped", count: unmappedCodes, href: paths.codeTables },
    { key: "quarantined", count: quarantined, href: paths.quarantine },
  ] as const
  return rows
    .filter(({ count, key }) => count > 0 && (key === "pending" || allowed.includes("quarantine:read")))
    .map(({ key, count, href }) => (
      <Need
        key={key}
        badge={
          <Badge variant="light" color="yellow">
            {t("setup.kind")}
          </Badge>
        }
        what={t(`setup.${key}.what`)}
        count={t(`setup.${key}.count`, { count })}
        href={href}
        who={t("setup.who")}
        step={t(`setup.${key}.step`, { count })}
      />
    ))
}

type NeedProps = {
  badge: ReactNode
  what: string
  count: string
  href: string
  who: string
  step: string
  children?: ReactNode
}

function Need({ badge, what, count, href, who, step, children }: NeedProps) {
  const t = useTranslations("common")
  return (
    <Group gap="sm" align="flex-start" wrap="nowrap" component="article" aria-label={what}>
      <Box w={108} visibleFrom="sm" style={{ flexShrink: 0 }}>
        {badge}
      </Box>
      <Stack gap={2} flex={1} miw={0}>
        <Text size="sm" component="div">
          <Text span fw={600}>
            {what}
          </Text>{" "}
          <Anchor component={Link} href={href} size="sm" fw={600}>
            {count}
          </Anchor>
        </Text>
        <Text size="sm">
          <Text span fw={600}>
            {who}
            {t("colon")}
          </Text>
          {step}
        </Text>
        <Box visibleFrom="sm">{children}</Box>
      </Stack>
    </Group>
  )
}
