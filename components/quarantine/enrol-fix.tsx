"use client"

import { Button, Group, Select, Stack } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import type { Outcome } from "@/components/quarantine/notice"
import { terminalFacetsOptions } from "@/lib/fleet/terminals/read/queries"
import { enrol } from "@/lib/intake/quarantine/queries"

type Props = { id: number; terminal: string; onDone: (outcome: Outcome) => void }

/** Enrols the record's terminal and stores its quarantined records. */
export function EnrolFix({ id, terminal, onDone }: Props) {
  const t = useTranslations("quarantine.enrol")
  const client = useQueryClient()
  const [store, setStore] = useState<string | null>(null)
  const facets = useQuery(terminalFacetsOptions())
  const enrolling = useMutation({
    mutationFn: () => enrol(id, store === null ? undefined : Number(store)),
    onSuccess: ({ terminal: { serial }, replay: { resolved, left } }) =>
      onDone({ kind: "enrolled", serial, resolved, left }),
    onError: (error) => onDone({ kind: "failed", detail: error.message }),
    onSettled: () => client.invalidateQueries(),
  })
  return (
    <Stack gap="xs">
      <Select
        size="xs"
        maw={320}
        clearable
        searchable
        label={t("store")}
        description={t("description")}
        placeholder={t("unassigned")}
        value={store}
        onChange={setStore}
        data={(facets.data?.stores ?? []).map(({ id: storeId, name }) => ({
          value: String(storeId),
          label: name,
        }))}
      />
      <Group>
        <Button size="xs" loading={enrolling.isPending} onClick={() => enrolling.mutate()}>
          {t("enrol", { terminal })}
        </Button>
      </Group>
    </Stack>
  )
}
