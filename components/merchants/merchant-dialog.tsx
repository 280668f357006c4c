"use client"

import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ContactFields } from "@/components/places/contact-fields"
import { NameFields } from "@/components/places/name-fields"
import { textOrNull, useFormErrors } from "@/components/places/use-form-errors"
import { Dialog } from "@/components/ui/dialog"
import { changeMerchant, createMerchant } from "@/lib/fleet/merchants/queries"
import type { Merchant } from "@/lib/fleet/merchants/schemas"

/** Adds or changes a merchant. */
export function MerchantDialog({ merchant, onClose }: { merchant: Merchant | null; onClose: () => void }) {
  const t = useTranslations("places")
  const client = useQueryClient()
  const [names, setNames] = useState({ name: merchant?.name ?? "", code: merchant?.code ?? "" })
  const [contact, setContact] = useState({
    contactName: merchant?.contactName ?? "",
    contactPhone: merchant?.contactPhone ?? "",
    contactEmail: merchant?.contactEmail ?? "",
  })
  const values = {
    name: names.name,
    code: textOrNull(names.code),
    contactName: textOrNull(contact.contactName),
    contactPhone: textOrNull(contact.contactPhone),
    contactEmail: textOrNull(contact.contactEmail),
  }
  const saving = useMutation({
    mutationFn: () => (merchant ? changeMerchant(merchant.id, values) : createMerchant(values)),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  const errors = useFormErrors(saving.error)
  return (
    <Dialog
      title={merchant ? t("changeMerchant") : t("newMerchant")}
      action={t("save")}
      isBusy={saving.isPending}
      failure={errors.whole}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <NameFields names={names} onChange={(change) => setNames({ ...names, ...change })} errors={errors} />
      <ContactFields
        contact={contact}
        onChange={(change) => setContact({ ...contact, ...change })}
        errors={errors}
      />
    </Dialog>
  )
}
