"use client"

import { Accordion, Button, Skeleton, Stack, Text } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useFormatter, useTranslations } from "next-intl"
import { parseAsString, useQueryStates } from "nuqs"
import { AuditFilters } from "@/components/audit/audit-filters"
import { FieldList } from "@/components/audit/field-list"
import { useActorName } from "@/components/audit/use-actor-name"
import { Pager } from "@/components/tables/pager"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { auditOptions } from "@/lib/access/audit/queries"
import type { AuditEntry } from "@/lib/access/audit/schemas"
import { isDay, startOfDay, startOfNextDay } from "@/lib/base/time/reader-day"

/** The audit log. */
export function AuditScreen() {
  const t = useTranslations("audit")
  const [{ cursor, ...view }, setView] = useQueryStates({
    by: parseAsString,
    action: parseAsString,
    subject: parseAsString,
    from: parseAsString,
    to: parseAsString,
    cursor: parseAsString,
  })
  const { by, action, subject, from, to } = view
  const filter = {
    ...(by ? { by } : {}),
    ...(action ? { action } : {}),
    ...(subject ? { subject } : {}),
    ...(isDay(from) ? { from: startOfDay(from) } : {}),
    ...(isDay(to) ? { to: startOfNextDay(to) } : {}),
  }
  const list = useQuery(auditOptions({ ...filter, ...(cursor ? { cursor } : {}) }))
  const isFiltered = Object.keys(filter).length > 0
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")} />
      <AuditFilters
        view={view}
        filter={filter}
        onChange={(change) => void setView({ ...change, cursor: null })}
      />
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.data === undefined && !list.isError ? <Skeleton height={300} /> : null}
      {list.data?.data.length === 0 ? (
        <EmptyState title={isFiltered ? t("noMatch") : t("none")}>
          {isFiltered ? (
            <Button
              size="xs"
              variant="light"
              onClick={() =>
                void setView({ by: null, action: null, subject: null, from: null, to: null, cursor: null })
              }
            >
              {t("clearFilters")}
            </Button>
          ) : (
            t("noneText")
          )}
        </EmptyState>
      ) : null}
      <Accordion variant="separated" multiple>
        {list.data?.data.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </Accordion>
      <Pager page={list.data} cursor={cursor} onMove={(to) => void setView({ cursor: to })} />
    </Stack>
  )
}

function Entry({ entry: { id, at, by, address, action, subject, before, after } }: { entry: AuditEntry }) {
  const t = useTranslations("audit")
  const actorName = useActorName()
  const format = useFormatter()
  return (
    <Accordion.Item value={String(id)}>
      <Accordion.Control>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          <Text span fw={600} size="sm">
            {t.has(`actions.${action}`) ? t(`actions.${action}`) : action}
          </Text>{" "}
          {subject.name}
        </Text>
        <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          <time dateTime={at}>
            {format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "medium" })}
          </time>
          {` · ${actorName(by)}`}
          {address ? ` · ${address}` : ""}
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        <FieldList before={before} after={after} />
      </Accordion.Panel>
    </Accordion.Item>
  )
}
