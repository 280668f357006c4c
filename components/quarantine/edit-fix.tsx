"use client"

import { Button, Group, Stack, Textarea } from "@mantine/core"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { prettyJson } from "@/components/quarantine/record-json"

type Props = { text: string; isBusy: boolean; onReplay: (correction: string) => void }

/** A form to correct a record by hand. */
export function EditFix({ text, isBusy, onReplay }: Props) {
  const t = useTranslations("quarantine.edit")
  const [draft, setDraft] = useState(prettyJson(text))
  const isObject = isJsonObject(draft)
  return (
    <Stack gap="xs">
      <Textarea
        label={t("label")}
        description={t("description")}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        error={isObject ? null : t("notJson")}
        autosize
        minRows={5}
        maxRows={18}
        spellCheck={false}
        styles={{
          input: {
            fontFamily: "var(--mantine-font-family-monospace)",
            fontSize: "var(--mantine-font-size-xs)",
          },
        }}
      />
      <Group>
        <Button size="xs" disabled={!isObject} loading={isBusy} onClick={() => onReplay(draft)}>
          {t("replay")}
        </Button>
      </Group>
    </Stack>
  )
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
