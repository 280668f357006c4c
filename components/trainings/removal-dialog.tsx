"use client"

import { Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { Dialog } from "@/components/ui/dialog"
import { removeTraining, trainingsKey } from "@/lib/insight/trainings/queries"
import type { Training } from "@/lib/insight/trainings/schemas"

/** Removes a training that was recorded by mistake. */
export function RemovalDialog({ training, onClose }: { training: Training; onClose: () => void }) {
  const t = useTranslations("trainings")
  const client = useQueryClient()
  const removing = useMutation({
    mutationFn: () => removeTraining(training.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: trainingsKey })
      onClose()
    },
  })
  return (
    <Dialog
      title={t("remove")}
      action={t("remove")}
      color="red"
      isBusy={removing.isPending}
      failure={removing.error?.message ?? null}
      onSubmit={() => removing.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{t("removeText", { subject: training.subject })}</Text>
    </Dialog>
  )
}
