"use client"

import { NumberInput, Select, SimpleGrid } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormErrors } from "@/components/places/use-form-errors"
import type { PlaceChoices } from "@/lib/access/actor/schemas"

type PlaceForm = { merchantId: number | null; regionId: number | null }

/** Selects merchant and region of a store. */
export function PlaceFields({
  form,
  onChange: set,
  choices,
  errors,
}: {
  form: PlaceForm
  onChange: (change: Partial<PlaceForm>) => void
  choices: PlaceChoices | undefined
  errors: FormErrors
}) {
  const t = useTranslations("places")
  const merchantName = choices?.merchants.find(({ id }) => id === form.merchantId)?.name
  const regions = choices?.regions.filter((choice) => choice.merchant === merchantName) ?? []
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={t("merchant")}
        placeholder={t("none")}
        searchable
        clearable
        limit={50}
        nothingFoundMessage={t("nothingFound")}
        error={errors.at("merchantId")}
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
        error={errors.at("regionId")}
        disabled={regions.length === 0}
        data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={form.regionId === null ? null : String(form.regionId)}
        onChange={(id) => set({ regionId: id === null ? null : Number(id) })}
      />
    </SimpleGrid>
  )
}

type PositionForm = { latitude: number | null; longitude: number | null }

const number = (value: string | number): number | null => (typeof value === "number" ? value : null)

/** Fields for latitude and longitude. */
export function PositionFields({
  form,
  onChange: set,
  errors,
}: {
  form: PositionForm
  onChange: (change: Partial<PositionForm>) => void
  errors: FormErrors
}) {
  const t = useTranslations("places")
  return (
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
        error={errors.at("latitude")}
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
        error={errors.at("longitude")}
      />
    </SimpleGrid>
  )
}
