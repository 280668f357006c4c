"use client"

import {
  Button,
  Group,
  Pill,
  ScrollArea,
  SegmentedControl,
  Select,
  Skeleton,
  Stack,
  Tabs,
  TextInput,
} from "@mantine/core"
import { useDebouncedCallback } from "@mantine/hooks"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useState } from "react"
import { ManyActions } from "@/components/quarantine/many-actions"
import { Notice, type Outcome } from "@/components/quarantine/notice"
import { RecordCard } from "@/components/quarantine/record-card"
import { TerminalGroups } from "@/components/quarantine/terminal-groups"
import { quarantineView } from "@/components/quarantine/view"
import { Pager } from "@/components/tables/pager"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { given } from "@/lib/base/http/given"
import { rejectionCodes } from "@/lib/intake/ingest/answer"
import { quarantineListOptions } from "@/lib/intake/quarantine/queries"
import { quarantineStates, quarantineViews, recordKinds } from "@/lib/intake/quarantine/words"

export function QuarantineScreen({ mayReplay }: { mayReplay: boolean }) {
  const t = useTranslations("quarantine")
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [view, setView] = useQueryStates(quarantineView)
  const { code, kind, state, terminal, cursor } = view
  const isByTerminal = view.view === "terminals" && terminal === null
  const filter = given({ code, kind, terminal })
  const list = useQuery(quarantineListOptions({ ...filter, state, ...given({ cursor }) }))
  const search = useDebouncedCallback(
    (text: string) => void setView({ terminal: text.trim() || null, cursor: null }),
    300,
  )
  const counts = list.data?.counts ?? {}
  const all = Object.values(counts).reduce((total, count) => total + count, 0)
  const isFiltered = code !== null || kind !== null || terminal !== null
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <Group gap="xs">
          <TextInput
            size="xs"
            w={170}
            key={terminal ?? ""}
            defaultValue={terminal ?? ""}
            onChange={(event) => search(event.currentTarget.value)}
            placeholder={t("terminal")}
            aria-label={t("terminal")}
          />
          <Select
            size="xs"
            w={130}
            clearable
            placeholder={t("kind")}
            aria-label={t("kind")}
            value={kind}
            onChange={(value) =>
              void setView({ kind: recordKinds.find((known) => known === value) ?? null, cursor: null })
            }
            data={recordKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <SegmentedControl
            size="xs"
            value={state}
            onChange={(value) =>
              void setView({ state: quarantineStates.find((known) => known === value) ?? null, cursor: null })
            }
            data={quarantineStates.map((value) => ({ value, label: t(`states.${value}`) }))}
            aria-label={t("stateLabel")}
          />
        </Group>
      </PageHeader>
      <ScrollArea type="never">
        <Tabs
          value={code ?? "all"}
          onChange={(value) =>
            void setView({ code: rejectionCodes.find((known) => known === value) ?? null, cursor: null })
          }
        >
          <Tabs.List style={{ flexWrap: "nowrap" }}>
            <Tabs.Tab value="all">
              {t("all")} {all}
            </Tabs.Tab>
            {rejectionCodes
              .filter((known) => (counts[known] ?? 0) > 0 || known === code)
              .map((known) => (
                <Tabs.Tab key={known} value={known}>
                  {t(`codes.${known}`)} {counts[known] ?? 0}
                </Tabs.Tab>
              ))}
          </Tabs.List>
        </Tabs>
      </ScrollArea>
      {terminal === null ? (
        <Group>
          <SegmentedControl
            size="xs"
            value={view.view}
            onChange={(value) =>
              void setView({ view: quarantineViews.find((known) => known === value) ?? null })
            }
            data={quarantineViews.map((value) => ({ value, label: t(`views.${value}`) }))}
            aria-label={t("viewLabel")}
          />
        </Group>
      ) : (
        <Group gap="xs">
          <Pill
            withRemoveButton
            size="md"
            onRemove={() => void setView({ terminal: null, cursor: null })}
            removeButtonProps={{ "aria-label": t("clearFilters") }}
          >
            {terminal}
          </Pill>
        </Group>
      )}
      {mayReplay ? (
        <ManyActions
          key={JSON.stringify([filter, state])}
          filter={filter}
          state={state}
          count={code ? (counts[code] ?? 0) : all}
        />
      ) : null}
      {isByTerminal && all > 0 ? (
        <TerminalGroups
          filter={{ ...(code ? { code } : {}), ...(kind ? { kind } : {}), state }}
          onOpen={(name) => void setView({ terminal: name, cursor: null })}
        />
      ) : null}
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.data === undefined && !list.isError ? <Skeleton height={300} /> : null}
      {list.data?.data.length === 0 ? (
        <EmptyState title={isFiltered ? t("noMatch") : t(`none.${state}`)}>
          {isFiltered ? (
            <Button
              size="xs"
              variant="light"
              onClick={() => void setView({ code: null, kind: null, terminal: null, cursor: null })}
            >
              {t("clearFilters")}
            </Button>
          ) : (
            t("noneText")
          )}
        </EmptyState>
      ) : null}
      {isByTerminal
        ? null
        : list.data?.data.map((record) => (
            <RecordCard key={record.id} record={record} mayReplay={mayReplay} onDone={setOutcome} />
          ))}
      {isByTerminal ? null : (
        <Pager
          page={list.data && { ...list.data, total: code ? (counts[code] ?? 0) : all }}
          cursor={cursor}
          onMove={(to) => void setView({ cursor: to })}
        />
      )}
      {outcome ? <Notice outcome={outcome} onClose={() => setOutcome(null)} /> : null}
    </Stack>
  )
}
