"use client"

import { Button, Popover, Stack, Text, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { ReasonedButton } from "@/components/ui/reasoned-button"
import { useMissing } from "@/components/ui/use-missing"
import { saveProfile } from "@/lib/intake/imports/mapping/queries"
import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"

/** Saves a mapping as a profile for later files. */
export function SaveProfile({ profile }: { profile: RecordProfile }) {
  const t = useTranslations("imports")
  const client = useQueryClient()
  const missing = useMissing()
  const [name, setName] = useState("")
  const save = useMutation({
    mutationFn: () => saveProfile({ ...profile, name: name.trim(), description: "" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["imports", "profiles"] }),
  })
  return (
    <Popover position="bottom-end" withArrow shadow="md" onClose={() => save.reset()}>
      <Popover.Target>
        <Button size="compact-sm" variant="light">
          {t("save")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <Stack gap="xs" w={240}>
            <TextInput
              size="xs"
              label={t("saveName")}
              required
              value={name}
              maxLength={64}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <ReasonedButton
              type="submit"
              size="xs"
              notYet={missing([name.trim() === "" && t("saveName")])}
              loading={save.isPending}
            >
              {t("saveNow")}
            </ReasonedButton>
            {save.isSuccess ? (
              <Text size="xs" c="teal" role="status">
                {t("saved")}
              </Text>
            ) : null}
            {save.isError ? (
              <Text size="xs" c="red" role="alert">
                {save.error.message}
              </Text>
            ) : null}
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
