"use client"

import { NumberInput, SimpleGrid } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Organisation } from "@/lib/access/organisation/schemas"
import {
  retention,
  ruleSettings,
  type RetentionField,
  type RuleSetting,
} from "@/lib/access/organisation/words"

type NumberField = RetentionField | RuleSetting
const limits = { ...retention, ...ruleSettings }

/** Settings that are whole numbers, with their limits. */
export function NumberFields({
  names,
  form,
  onChange,
}: {
  names: readonly NumberField[]
  form: Organisation
  onChange: (change: Partial<Organisation>) => void
}) {
  const t = useTranslations("organisation")
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} style={{ alignItems: "end" }}>
      {names.map((field) => (
        <NumberInput
          key={field}
          label={t(field)}
          description={t("between", limits[field])}
          min={limits[field].least}
          max={limits[field].most}
          allowDecimal={false}
          clampBehavior="blur"
          value={form[field]}
          onChange={(value) => (typeof value === "number" ? onChange({ [field]: value }) : undefined)}
        />
      ))}
    </SimpleGrid>
  )
}
