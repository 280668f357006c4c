"use client"

import { NumberInput, Select, SimpleGrid } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { FormErrors } from "@/components/places/use-form-errors"
import { usePlaceChoices } from "@/components/places/use-place-choices"

type PlaceForm = { merchantId: number | null; regionId: number | null }

/** Selects merchant and region of a store. */
export function PlaceFields({
  form,
  onChange: set,
  errors,
}: {
  form: PlaceForm
  onChange: (change: Partial<PlaceForm>) => void
  errors: FormErrors
}) {
  const t = useTranslations("places")
  const { merchantId, regionId } = form
  const merchants = usePlaceChoices("merchants", { chosen: merchantId === null ? [] : [merchantId] })
  const regions = usePlaceChoices("regions", {
    chosen: regionId === null ? [] : [regionId],
    merchant: merchantId ?? undefined,
    enabled: merchantId !== null,
  })
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <PlaceSelect
        label={t("merchant")}
        error={errors.at("merchantId")}
        places={merchants}
        value={merchantId}
        onChange={(id) => set({ merchantId: id, regionId: null })}
      />
      <PlaceSelect
        label={t("region")}
        error={errors.at("regionId")}
        disabled={merchantId === null || regions.isEmpty}
        places={regions}
        value={regionId}
        onChange={(id) => set({ regionId: id })}
      />
    </SimpleGrid>
  )
}

type SelectProps = {
  label: string
  error: ReturnType<FormErrors["at"]>
  disabled?: boolean
  places: ReturnType<typeof usePlaceChoices>
  value: number | null
  onChange: (id: number | null) => void
}

function PlaceSelect({ label, error, disabled = false, places, value, onChange }: SelectProps) {
  const t = useTranslations("places")
  return (
    <Select
      label={label}
      placeholder={t("none")}
      clearable
      nothingFoundMessage={t("nothingFound")}
      error={error}
      disabled={disabled}
      data={places.choices.map(({ id, name }) => ({ value: String(id), label: name }))}
      filter={({ options }) =>
        options.filter((option) => !("value" in option) || places.isShown(option.value))
      }
      value={value === null ? null : String(value)}
      onChange={(id) => onChange(id === null ? null : Number(id))}
      {...places.search}
    />
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
