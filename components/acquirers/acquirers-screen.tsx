"use client"

import { Button, Stack } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { acquirerColumns } from "@/components/acquirers/acquirer-columns"
import { AcquirerDrawer } from "@/components/acquirers/acquirer-drawer"
import { Presets } from "@/components/acquirers/presets"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { useStored } from "@/components/ui/use-stored"
import { acquirersOptions } from "@/lib/fleet/acquirers/queries"
import type { Acquirer, AcquirerDraft } from "@/lib/fleet/acquirers/schemas"

const idOf = ({ id }: Acquirer) => String(id)
const nameOf = ({ name }: Acquirer) => name

const blank: AcquirerDraft = {
  code: "",
  name: "",
  codeSystem: null,
  contactName: null,
  contactPhone: null,
  contactEmail: null,
  feePercent: null,
  feeNote: null,
  offlineHours: null,
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
  const stored = useStored(acquirersOptions())
  const edit = (acquirer: Acquirer) => {
    const { id, terminals: _terminals, ...draft } = stored(acquirer)
    setEdited({ id, draft })
  }
  return (
    <Stack gap="md">
      <PageHeader title={t("acquirers")} subtitle={t("acquirersSubtitle")}>
        {mayWrite ? (
          <Button size="xs" onClick={() => setEdited({ id: null, draft: blank })}>
            {t("newAcquirer")}
          </Button>
        ) : null}
      </PageHeader>
      {mayWrite && list.data ? <Presets known={list.data.data.map(({ code }) => code)} /> : null}
      <DataTable
        name="acquirers"
        label={t("acquirers")}
        columns={acquirerColumns}
        title={t}
        rows={list.data?.data}
        query={list}
        rowId={idOf}
        nameOf={nameOf}
        onOpen={mayWrite ? edit : undefined}
        empty={
          <EmptyState title={t("noAcquirers")}>{t(mayWrite ? "noAcquirersText" : "addedBy")}</EmptyState>
        }
        minWidth={860}
      />
      {edited === null ? null : (
        <AcquirerDrawer id={edited.id} initial={edited.draft} onClose={() => setEdited(null)} />
      )}
    </Stack>
  )
}
