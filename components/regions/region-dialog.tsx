"use client"

import { TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { given, useRefused } from "@/components/places/use-refused"
import { Dialog } from "@/components/users/dialog"
import { changeRegion, createRegion } from "@/lib/fleet/regions/queries"
import type { Region } from "@/lib/fleet/regions/schemas"

/** Makes a region of the merchant, or changes one. */
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
  const client = useQueryClient()
  const [name, setName] = useState(region?.name ?? "")
  const [code, setCode] = useState(region?.code ?? "")
  const values = { name, code: given(code) }
  const saving = useMutation({
    mutationFn: () =>
      region ? changeRegion(region.id, values) : createRegion({ ...values, merchantId: merchant.id }),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  const refused = useRefused(saving.error)
  return (
    <Dialog
      title={region ? t("changeRegion") : t("newRegionOf", { merchant: merchant.name })}
      action={t("save")}
      isBusy={saving.isPending}
      failure={refused.whole}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t("name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        required
        withAsterisk={false}
        error={refused.at("name")}
        data-autofocus
      />
      <TextInput
        label={t("code")}
        description={t("optional")}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        maxLength={64}
        error={refused.at("code")}
      />
    </Dialog>
  )
}
