"use client"

import { Button, Group, SegmentedControl, Skeleton, Stack, Tabs, TextInput } from "@mantine/core"
import { useDebouncedCallback } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs"
import { FlagCard } from "@/components/flags/flag-card"
import { FlagGroup } from "@/components/flags/flag-group"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { groupFlags } from "@/lib/insight/flags/group-flags"
import { flagListOptions } from "@/lib/insight/flags/queries"
import { detectEverySeconds, flagKinds } from "@/lib/insight/flags/words"

const states = ["open", "closed"] as const

export function FlagsScreen() {
  const t = useTranslations("flags")
  const tKind = useTranslations("flagKinds")
  const [filters, setFilters] = useQueryStates({
    kind: parseAsStringLiteral(flagKinds),
    status: parseAsStringLiteral(states).withDefault("open"),
    store: parseAsInteger,
    q: parseAsString,
    cursor: parseAsString,
  })
  const { kind, status, store, q, cursor } = filters
  const flags = useQuery(
    flagListOptions({
      status,
      ...(kind ? { kind } : {}),
      ...(store ? { store } : {}),
      ...(q ? { q } : {}),
      ...(cursor ? { cursor } : {}),
    }),
  )
  const search = useDebouncedCallback(
    (text: string) => void setFilters({ q: text || null, cursor: null }),
    300,
  )
  const counts = flags.data?.counts ?? {}
  const isPart = Boolean(cursor ?? flags.data?.nextCursor)
  const all = Object.values(counts).reduce((total, count) => total + count, 0)
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <Group gap="xs">
          <TextInput
            size="xs"
            defaultValue={q ?? ""}
            onChange={(event) => search(event.currentTarget.value)}
            placeholder={t("search")}
            aria-label={t("search")}
          />
          <SegmentedControl
            size="xs"
            value={status}
            onChange={(value) =>
              void setFilters({ status: states.find((known) => known === value) ?? null, cursor: null })
            }
            data={states.map((value) => ({ value, label: t(`status.${value}`) }))}
            aria-label={t("statusLabel")}
          />
        </Group>
      </PageHeader>
      <Tabs
        value={kind ?? "all"}
        onChange={(value) =>
          void setFilters({ kind: flagKinds.find((known) => known === value) ?? null, cursor: null })
        }
      >
        <Tabs.List>
          <Tabs.Tab value="all">
            {t("all")} {all}
          </Tabs.Tab>
          {flagKinds
            .filter((known) => (counts[known] ?? 0) > 0 || known === kind)
            .map((known) => (
              <Tabs.Tab key={known} value={known}>
                {tKind(known)} {counts[known] ?? 0}
              </Tabs.Tab>
            ))}
        </Tabs.List>
      </Tabs>
      {flags.isError ? <ErrorState onRetry={() => void flags.refetch()} /> : null}
      {flags.data === undefined && !flags.isError ? <Skeleton height={300} /> : null}
      {flags.data?.data.length === 0 ? (
        <EmptyState title={t("none")}>{t("noneText", { seconds: detectEverySeconds })}</EmptyState>
      ) : null}
      {groupFlags(flags.data?.data ?? []).map(([first, ...others]) => {
        if (!first) return null
        return others.length === 0 ? (
          <FlagCard key={first.id} flag={first} />
        ) : (
          <FlagGroup key={first.id} first={first} flags={[first, ...others]} isPart={isPart} />
        )
      })}
      <Group>
        {cursor ? (
          <Button variant="default" size="xs" onClick={() => void setFilters({ cursor: null })}>
            {t("first")}
          </Button>
        ) : null}
        {flags.data?.nextCursor ? (
          <Button
            variant="default"
            size="xs"
            onClick={() => void setFilters({ cursor: flags.data?.nextCursor ?? null })}
          >
            {t("next")}
          </Button>
        ) : null}
      </Group>
    </Stack>
  )
}
