"use client"

import { Anchor, Button, Group, Stack, Table, Text } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { AcquirerDrawer } from "@/components/acquirers/acquirer-drawer"
import { Fee, Money } from "@/components/acquirers/terms"
import { EntryList } from "@/components/catalogue/entry-list"
import { EntryTable } from "@/components/catalogue/entry-table"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { acquirerPresets } from "@/lib/fleet/acquirers/presets"
import { acquirersOptions } from "@/lib/fleet/acquirers/queries"
import type { AcquirerDraft } from "@/lib/fleet/acquirers/schemas"
import { catalogueKey, saveEntry } from "@/lib/fleet/catalogue/queries"

const blank: AcquirerDraft = {
  code: "",
  name: "",
  codeSystem: null,
  contactName: null,
  contactPhone: null,
  contactEmail: null,
  feePercent: null,
  feeNote: null,
  terminalPriceMinor: null,
  depositMinor: null,
  currency: null,
  note: null,
}

/** The acquirers with their terms. */
export function AcquirersScreen({ mayWrite }: { mayWrite: boolean }) {
  const t = useTranslations("catalogue")
  const [edited, setEdited] = useState<{ id: number | null; draft: AcquirerDraft } | null>(null)
  const list = useQuery(acquirersOptions())
  return (
    <Stack gap="md">
      <PageHeader title={t("acquirers")} subtitle={t("acquirersText")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setEdited({ id: null, draft: blank })}>
            {t("newAcquirer")}
          </Button>
        ) : null}
      </PageHeader>
      {mayWrite && list.data ? <Presets known={list.data.data.map(({ code }) => code)} /> : null}
      <EntryList
        list={list}
        isEmpty={({ data }) => data.length === 0}
        empty={<EmptyState title={t("noAcquirers")}>{t("noAcquirersText")}</EmptyState>}
      >
        {({ data }) => (
          <EntryTable
            label={t("acquirers")}
            head={[
              t("name"),
              t("code"),
              t("codeSystem"),
              t("contact"),
              t("feePercent"),
              t("terminalPriceMinor"),
              t("depositMinor"),
              t("terminals"),
            ]}
            minWidth={860}
          >
            {data.map(({ id, terminals, ...draft }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  {mayWrite ? (
                    <Anchor component="button" ta="left" size="sm" onClick={() => setEdited({ id, draft })}>
                      {draft.name}
                    </Anchor>
                  ) : (
                    draft.name
                  )}
                </Table.Td>
                <Table.Td>{draft.code}</Table.Td>
                <Table.Td>{draft.codeSystem ?? "—"}</Table.Td>
                <Table.Td style={{ overflowWrap: "anywhere" }}>
                  {[draft.contactName, draft.contactPhone, draft.contactEmail].filter(Boolean).join(" · ") ||
                    "—"}
                </Table.Td>
                <Table.Td>
                  <Fee percent={draft.feePercent} note={draft.feeNote} />
                </Table.Td>
                <Table.Td>
                  <Money minor={draft.terminalPriceMinor} currency={draft.currency} />
                </Table.Td>
                <Table.Td>
                  <Money minor={draft.depositMinor} currency={draft.currency} />
                </Table.Td>
                <Table.Td>{terminals}</Table.Td>
              </Table.Tr>
            ))}
          </EntryTable>
        )}
      </EntryList>
      {edited === null ? null : (
        <AcquirerDrawer id={edited.id} initial={edited.draft} onClose={() => setEdited(null)} />
      )}
    </Stack>
  )
}

/** Buttons to add well-known acquirers. */
function Presets({ known }: { known: string[] }) {
  const t = useTranslations("catalogue")
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: (preset: (typeof acquirerPresets)[number]) => saveEntry("acquirers", null, preset),
    onSettled: () => client.invalidateQueries({ queryKey: catalogueKey }),
  })
  const missing = acquirerPresets.filter(({ code }) => !known.includes(code))
  if (missing.length === 0) return null
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t("presets")}
      </Text>
      {missing.map((preset) => (
        <Button
          key={preset.code}
          size="compact-sm"
          variant="light"
          loading={add.isPending && add.variables.code === preset.code}
          onClick={() => add.mutate(preset)}
        >
          {t("addNamed", { version: preset.name })}
        </Button>
      ))}
    </Group>
  )
}
