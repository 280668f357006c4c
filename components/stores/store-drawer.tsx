"use client"

import { Alert, Checkbox, NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ContactFields } from "@/components/places/contact-fields"
import { given, useRefused } from "@/components/places/use-refused"
import { FormDrawer } from "@/components/ui/form-drawer"
import { ZoneSelect } from "@/components/ui/zone-select"
import { placeChoicesOptions } from "@/lib/access/actor/queries"
import { RequestFailed } from "@/lib/base/http/get-json"
import { changeStore, createStore } from "@/lib/fleet/stores/queries"
import type { Store } from "@/lib/fleet/stores/schemas"

type Props = {
  store: Store | null
  /** The initial values of a new store. */
  merchantId?: number | null
  regionId?: number | null
  /** Whether merchant and region can be changed. */
  mayMove: boolean
  onDone: (store: Store) => void
  onClose: () => void
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
const number = (value: string | number): number | null => (typeof value === "number" ? value : null)

/** Adds or changes a store. */
export function StoreDrawer({ store, merchantId = null, regionId = null, mayMove, onDone, onClose }: Props) {
  const t = useTranslations("places")
  const client = useQueryClient()
  const choices = useQuery({ ...placeChoicesOptions(), enabled: mayMove }).data
  const [form, setForm] = useState({
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
  const [recount, setRecount] = useState(false)
  const set = (change: Partial<typeof form>) => setForm((now) => ({ ...now, ...change }))
  const { merchantId: merchant, regionId: region, ...facts } = form
  const values = {
    ...facts,
    ...(mayMove ? { merchantId: merchant, regionId: region } : {}),
    address: given(form.address),
    contactName: given(form.contactName),
    contactPhone: given(form.contactPhone),
    contactEmail: given(form.contactEmail),
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
  const refused = useRefused(error instanceof RequestFailed && error.reason === "recount" ? null : error)
  const merchantName = choices?.merchants.find(({ id }) => id === form.merchantId)?.name
  const regions = choices?.regions.filter((choice) => choice.merchant === merchantName) ?? []
  return (
    <FormDrawer
      title={store ? t("changeStore") : t("newStore")}
      size="lg"
      action={t("save")}
      isBusy={saving.isPending}
      isReady={!asksToRecount || recount}
      failure={refused.whole}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t("name")}
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          maxLength={200}
          required
          withAsterisk={false}
          error={refused.at("name")}
          data-autofocus
        />
        <TextInput
          label={t("code")}
          value={form.code}
          onChange={(event) => set({ code: event.currentTarget.value })}
          maxLength={64}
          required
          withAsterisk={false}
          disabled={store?.isUnassigned ?? false}
          error={refused.at("code")}
        />
      </SimpleGrid>
      {mayMove ? (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={t("merchant")}
            placeholder={t("none")}
            searchable
            clearable
            limit={50}
            nothingFoundMessage={t("nothingFound")}
            error={refused.at("merchantId")}
            data={choices?.merchants.map(({ id, name }) => ({ value: String(id), label: name })) ?? []}
            value={form.merchantId === null ? null : String(form.merchantId)}
            onChange={(id) => set({ merchantId: id === null ? null : Number(id), regionId: null })}
          />
          <Select
            label={t("region")}
            placeholder={t("none")}
            searchable
            clearable
            limit={50}
            nothingFoundMessage={t("nothingFound")}
            error={refused.at("regionId")}
            disabled={regions.length === 0}
            data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={form.regionId === null ? null : String(form.regionId)}
            onChange={(id) => set({ regionId: id === null ? null : Number(id) })}
          />
        </SimpleGrid>
      ) : null}
      <Textarea
        label={t("address")}
        value={form.address}
        onChange={(event) => set({ address: event.currentTarget.value })}
        maxLength={500}
        autosize
        minRows={1}
        error={refused.at("address")}
      />
      <SimpleGrid cols={2}>
        <NumberInput
          label={t("latitude")}
          placeholder="31.2235"
          min={-90}
          max={90}
          clampBehavior="none"
          decimalScale={6}
          hideControls
          value={form.latitude ?? ""}
          onChange={(value) => set({ latitude: number(value) })}
          error={refused.at("latitude")}
        />
        <NumberInput
          label={t("longitude")}
          placeholder="121.4455"
          min={-180}
          max={180}
          clampBehavior="none"
          decimalScale={6}
          hideControls
          value={form.longitude ?? ""}
          onChange={(value) => set({ longitude: number(value) })}
          error={refused.at("longitude")}
        />
      </SimpleGrid>
      <ZoneSelect
        label={t("timeZone")}
        description={t("timeZoneNote")}
        nothingFoundMessage={t("nothingFound")}
        value={form.timeZone}
        onChange={(timeZone) => set({ timeZone })}
        error={refused.at("timeZone")}
      />
      {asksToRecount ? (
        <Alert color="yellow" title={t("recountTitle")}>
          <Stack gap="xs">
            {t("recountText")}
            <Checkbox
              label={t("recountAgree")}
              checked={recount}
              onChange={(event) => setRecount(event.currentTarget.checked)}
            />
          </Stack>
        </Alert>
      ) : null}
      <ContactFields contact={form} onChange={set} refused={refused} />
    </FormDrawer>
  )
}
