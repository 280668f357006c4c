"use client"

import { List, Stack, Textarea } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useErrorText } from "@/components/terminals/use-error-text"
import { Dialog } from "@/components/ui/dialog"
import { mergeTerminal } from "@/lib/fleet/terminals/life/life-queries"

type Named = { id: number; serial: string }

/** Says what a merge does, which cannot be undone, and merges. */
export function MergeDialog({ kept, merged, onClose }: { kept: Named; merged: Named; onClose: () => void }) {
  const t = useTranslations("terminal")
  const errorText = useErrorText()
  const client = useQueryClient()
  const [note, setNote] = useState("")
  const merging = useMutation({
    mutationFn: () =>
      mergeTerminal(kept.id, {
        merged: merged.id,
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      }),
    onSuccess: async () => {
      onClose()
      await client.invalidateQueries({ queryKey: ["terminals"] })
    },
  })
  const names = { kept: kept.serial, merged: merged.serial }
  return (
    <Dialog
      title={t("mergeTitle", names)}
      action={t("mergeNow")}
      color="red"
      isBusy={merging.isPending}
      failure={errorText(merging.error)}
      onSubmit={() => merging.mutate()}
      onClose={onClose}
    >
      <Stack>
        <List size="sm">
          <List.Item>{t("mergeNames", names)}</List.Item>
          <List.Item>{t("mergeRecords", names)}</List.Item>
          <List.Item>{t("mergeOld", names)}</List.Item>
          <List.Item>{t("mergeForGood", names)}</List.Item>
        </List>
        <Textarea
          label={t("mergeNote")}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Stack>
    </Dialog>
  )
}
