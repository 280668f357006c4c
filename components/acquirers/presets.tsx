"use client"

import { Button, Group, Text } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useLanguage } from "@/components/ui/use-language"
import { textIn } from "@/lib/base/names/names"
import { acquirerPresets } from "@/lib/fleet/acquirers/presets"
import { catalogueKey, saveEntry } from "@/lib/fleet/catalogue/queries"

/** Buttons to add well-known acquirers. */
export function Presets({ known }: { known: string[] }) {
  const t = useTranslations("catalogue")
  const language = useLanguage()
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: (preset: (typeof acquirerPresets)[number]) => saveEntry("acquirers", null, preset),
    onSettled: () => client.invalidateQueries({ queryKey: catalogueKey }),
  })
  const missing = acquirerPresets.filter(({ code }) => !known.includes(code))
  if (missing.length === 0) return null
  return (
    <Group gap="xs">
      <Text size="sm" c="dimmed">
        {t("presets")}
      </Text>
      {missing.map((preset) => (
        <Button
          key={preset.code}
          size="compact-sm"
          variant="light"
          loading={add.isPending && add.variables.code === preset.code}
          onClick={() => add.mutate(preset)}
        >
          {t("addPreset", { name: textIn(language, preset.name) })}
        </Button>
      ))}
    </Group>
  )
}
