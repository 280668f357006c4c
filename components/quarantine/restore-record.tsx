"use client"

import { Button, Group } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import type { Outcome } from "@/components/quarantine/notice"
import { discardOrRestore } from "@/lib/intake/quarantine/queries"

/** A button to make a discarded record open again. */
export function RestoreRecord({ id, onDone }: { id: number; onDone: (outcome: Outcome) => void }) {
  const t = useTranslations("quarantine")
  const client = useQueryClient()
  const restoring = useMutation({
    mutationFn: () => discardOrRestore("restore", { ids: String(id) }),
    onSuccess: () => onDone({ kind: "restored" }),
    onError: (error) => onDone({ kind: "failed", detail: error.message }),
    onSettled: () => client.invalidateQueries(),
  })
  return (
    <Group>
      <Button size="xs" variant="light" loading={restoring.isPending} onClick={() => restoring.mutate()}>
        {t("many.restoreSelected")}
      </Button>
    </Group>
  )
}
