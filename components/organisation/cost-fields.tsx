"use client"

import { Fieldset, NumberInput, SimpleGrid, Text, TextInput } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Organisation } from "@/lib/access/organisation/schemas"
import { costFields, costs } from "@/lib/access/organisation/words"
import { amountOf, minorDigits, minorOf } from "@/lib/fleet/acquirers/money"

/** What keeping and replacing terminals costs. */
export function CostFields({
  form,
  onChange: set,
}: {
  form: Organisation
  onChange: (change: Partial<Organisation>) => void
}) {
  const t = useTranslations("organisation")
  const { currency } = form
  return (
    <Fieldset legend={t("costs")}>
      <Text size="xs" c="dimmed" mb="xs">
        {t("costsNote")}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 3 }} style={{ alignItems: "end" }}>
        <TextInput
          label={t("currency")}
          value={currency}
          maxLength={3}
          required
          onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
        />
        {costFields.map((field) => (
          <NumberInput
            key={field}
            label={t(field)}
            min={amountOf(costs[field].least, currency)}
            max={amountOf(costs[field].most, currency)}
            decimalScale={minorDigits(currency)}
            clampBehavior="blur"
            value={amountOf(form[field], currency)}
            onChange={(value) =>
              typeof value === "number" ? set({ [field]: minorOf(value, currency) }) : undefined
            }
          />
        ))}
        <NumberInput
          label={t("downtimeHours")}
          min={costs.downtimeHours.least}
          max={costs.downtimeHours.most}
          allowDecimal={false}
          clampBehavior="blur"
          value={form.downtimeHours}
          onChange={(value) => (typeof value === "number" ? set({ downtimeHours: value }) : undefined)}
        />
      </SimpleGrid>
    </Fieldset>
  )
}
