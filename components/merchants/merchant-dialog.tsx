"use client"

import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ContactFields } from "@/components/places/contact-fields"
import { NameFields } from "@/components/places/name-fields"
import { given, useRefused } from "@/components/places/use-refused"
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
    code: given(names.code),
    contactName: given(contact.contactName),
    contactPhone: given(contact.contactPhone),
    contactEmail: given(contact.contactEmail),
  }
  const saving = useMutation({
    mutationFn: () => (merchant ? changeMerchant(merchant.id, values) : createMerchant(values)),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  const refused = useRefused(saving.error)
  return (
    <Dialog
      title={merchant ? t("changeMerchant") : t("newMerchant")}
      action={t("save")}
      isBusy={saving.isPending}
      failure={refused.whole}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <NameFields names={names} onChange={(change) => setNames({ ...names, ...change })} refused={refused} />
      <ContactFields
        contact={contact}
        onChange={(change) => setContact({ ...contact, ...change })}
        refused={refused}
      />
    </Dialog>
  )
}
