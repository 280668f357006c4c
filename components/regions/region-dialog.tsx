"use client"

import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { NameFields } from "@/components/places/name-fields"
import { textOrNull, useFormErrors } from "@/components/places/use-form-errors"
import { Dialog } from "@/components/ui/dialog"
import { useLanguage } from "@/components/ui/use-language"
import { textIn } from "@/lib/base/names/names"
import { changeRegion, createRegion } from "@/lib/fleet/regions/queries"
import type { Region } from "@/lib/fleet/regions/schemas"

/** Adds a region to a merchant, or changes one. */
export function RegionDialog({
  merchant,
  region,
  onClose,
}: {
  merchant: { id: number; name: string }
  region: Region | null
  onClose: () => void
}) {
  const t = useTranslations("places")
  const language = useLanguage()
  const client = useQueryClient()
  const [names, setNames] = useState({ name: region?.name ?? "", code: region?.code ?? "" })
  const values = { name: names.name, code: textOrNull(names.code) }
  const saving = useMutation({
    mutationFn: () =>
      region ? changeRegion(region.id, values) : createRegion({ ...values, merchantId: merchant.id }),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  const errors = useFormErrors(saving.error)
  return (
    <Dialog
      title={region ? t("changeRegion") : t("newRegionOf", { merchant: textIn(language, merchant.name) })}
      action={t("save")}
      isBusy={saving.isPending}
      failure={errors.whole}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <NameFields names={names} onChange={(change) => setNames({ ...names, ...change })} errors={errors} />
    </Dialog>
  )
}
