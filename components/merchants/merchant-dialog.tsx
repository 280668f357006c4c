"use client"

import { SimpleGrid, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { given, useRefused } from "@/components/places/use-refused"
import { Dialog } from "@/components/users/dialog"
import { changeMerchant, createMerchant } from "@/lib/fleet/merchants/queries"
import type { Merchant } from "@/lib/fleet/merchants/schemas"

/** Makes a merchant, or changes one. */
export function MerchantDialog({ merchant, onClose }: { merchant: Merchant | null; onClose: () => void }) {
  const t = useTranslations("places")
  const client = useQueryClient()
  const [name, setName] = useState(merchant?.name ?? "")
  const [code, setCode] = useState(merchant?.code ?? "")
  const [contactName, setContactName] = useState(merchant?.contactName ?? "")
  const [contactPhone, setContactPhone] = useState(merchant?.contactPhone ?? "")
  const [contactEmail, setContactEmail] = useState(merchant?.contactEmail ?? "")
  const values = {
    name,
    code: given(code),
    contactName: given(contactName),
    contactPhone: given(contactPhone),
    contactEmail: given(contactEmail),
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
      <TextInput
        label={t("contactName")}
        value={contactName}
        onChange={(event) => setContactName(event.currentTarget.value)}
        maxLength={100}
        error={refused.at("contactName")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="tel"
          label={t("contactPhone")}
          value={contactPhone}
          onChange={(event) => setContactPhone(event.currentTarget.value)}
          maxLength={40}
          error={refused.at("contactPhone")}
        />
        <TextInput
          type="email"
          label={t("contactEmail")}
          value={contactEmail}
          onChange={(event) => setContactEmail(event.currentTarget.value)}
          maxLength={254}
          error={refused.at("contactEmail")}
        />
      </SimpleGrid>
    </Dialog>
  )
}
