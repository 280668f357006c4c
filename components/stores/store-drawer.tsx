"use client"

import { SimpleGrid, Textarea } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ContactFields } from "@/components/places/contact-fields"
import { NameFields } from "@/components/places/name-fields"
import { textOrNull, useFormErrors } from "@/components/places/use-form-errors"
import { PlaceFields, PositionFields } from "@/components/stores/place-fields"
import { RecountAlert } from "@/components/stores/recount-alert"
import { FormDrawer } from "@/components/ui/form-drawer"
import { ZoneSelect } from "@/components/ui/zone-select"
import { RequestFailed } from "@/lib/base/http/get-json"
import { changeStore, createStore } from "@/lib/fleet/stores/queries"
import type { Store } from "@/lib/fleet/stores/schemas"

type Props = {
  store: Store | null
  /** Initial values of a new store. */
  merchantId?: number | null
  regionId?: number | null
  /** Whether merchant and region can be changed. */
  mayMove: boolean
  onDone: (store: Store) => void
  onClose: () => void
}

type Place = { merchantId: number | null; regionId: number | null }

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

const initialForm = (store: Store | null, { merchantId, regionId }: Place) => ({
  code: store?.code ?? "",
  name: store?.name ?? "",
  address: store?.address ?? "",
  timeZone: store?.timeZone ?? ownZone(),
  merchantId: store ? (store.merchant?.id ?? null) : merchantId,
  regionId: store ? (store.region?.id ?? null) : regionId,
  latitude: store?.latitude ?? null,
  longitude: store?.longitude ?? null,
  contactName: store?.contactName ?? "",
  contactPhone: store?.contactPhone ?? "",
  contactEmail: store?.contactEmail ?? "",
})

/** Adds or changes a store. */
export function StoreDrawer({ store, merchantId = null, regionId = null, mayMove, onDone, onClose }: Props) {
  const t = useTranslations("places")
  const client = useQueryClient()
  const [form, setForm] = useState(() => initialForm(store, { merchantId, regionId }))
  const [recount, setRecount] = useState(false)
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }))
  const { merchantId: merchant, regionId: region, ...facts } = form
  const values = {
    ...facts,
    ...(mayMove ? { merchantId: merchant, regionId: region } : {}),
    address: textOrNull(form.address),
    contactName: textOrNull(form.contactName),
    contactPhone: textOrNull(form.contactPhone),
    contactEmail: textOrNull(form.contactEmail),
  }
  const saving = useMutation({
    mutationFn: () => (store ? changeStore(store.id, { ...values, recount }) : createStore(values)),
    onSuccess: async (saved) => {
      await client.invalidateQueries()
      onDone(saved)
    },
  })
  const { error } = saving
  const asksToRecount = (store?.hasHistory ?? false) && form.timeZone !== store?.timeZone
  const errors = useFormErrors(error instanceof RequestFailed && error.reason === "recount" ? null : error)
  return (
    <FormDrawer
      title={store ? t("changeStore") : t("newStore")}
      size="lg"
      action={t("save")}
      isBusy={saving.isPending}
      notYet={asksToRecount && !recount ? t("recountNeeded") : null}
      failure={errors.whole}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NameFields
          names={form}
          code={store?.isUnassigned ? "fixed" : "required"}
          onChange={set}
          errors={errors}
        />
      </SimpleGrid>
      {mayMove ? <PlaceFields form={form} onChange={set} errors={errors} /> : null}
      <Textarea
        label={t("address")}
        value={form.address}
        onChange={(event) => set({ address: event.currentTarget.value })}
        maxLength={500}
        autosize
        minRows={1}
        error={errors.at("address")}
      />
      <PositionFields form={form} onChange={set} errors={errors} />
      <ZoneSelect
        label={t("timeZone")}
        description={t("timeZoneNote")}
        nothingFoundMessage={t("nothingFound")}
        value={form.timeZone}
        onChange={(timeZone) => set({ timeZone })}
        error={errors.at("timeZone")}
      />
      {asksToRecount ? <RecountAlert isAgreed={recount} onChange={setRecount} /> : null}
      <ContactFields contact={form} onChange={set} errors={errors} />
    </FormDrawer>
  )
}
