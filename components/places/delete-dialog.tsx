"use client"

import { Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useFormErrors } from "@/components/places/use-form-errors"
import { Dialog } from "@/components/ui/dialog"
import { deleteMerchant } from "@/lib/fleet/merchants/queries"
import { deleteRegion } from "@/lib/fleet/regions/queries"
import { deleteStore } from "@/lib/fleet/stores/queries"

export type Deleting = { kind: "merchant" | "region" | "store"; id: number; name: string }

const deletes = { merchant: deleteMerchant, region: deleteRegion, store: deleteStore } as const

/** Asks before a place is deleted, or says why it cannot be deleted. */
export function DeleteDialog({
  place,
  onDone,
  onClose,
}: {
  place: Deleting
  onDone?: () => void
  onClose: () => void
}) {
  const t = useTranslations("places")
  const client = useQueryClient()
  const deleting = useMutation<unknown>({
    mutationFn: () => deletes[place.kind](place.id),
    onSuccess: async () => {
      onClose()
      if (onDone) onDone()
      else await client.invalidateQueries()
    },
  })
  const errors = useFormErrors(deleting.error)
  return (
    <Dialog
      title={t("delete")}
      action={t("delete")}
      color="red"
      isBusy={deleting.isPending}
      failure={errors.whole}
      onSubmit={() => deleting.mutate()}
      onClose={onClose}
    >
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {t(`confirmDelete.${place.kind}`, { name: place.name })}
      </Text>
    </Dialog>
  )
}
