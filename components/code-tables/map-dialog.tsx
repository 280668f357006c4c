"use client"

import { Select, Text, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { subcauseWith } from "@/components/failures/failure-columns"
import { Dialog } from "@/components/ui/dialog"
import { useMissing } from "@/components/ui/use-missing"
import { causes } from "@/lib/fleet/code-packs/cause"
import { mapCodes } from "@/lib/fleet/code-packs/queries"
import type { Waiting } from "@/lib/fleet/code-packs/schemas"
import { channelOfSubcause } from "@/lib/fleet/code-packs/subcauses"

const choices = [...causes.filter((cause) => cause !== "unknown"), "none"] as const
type Choice = (typeof choices)[number]

/** Gives one waiting code a cause. Its stored sales are counted again. */
export function MapDialog({ waiting, onClose }: { waiting: Waiting; onClose: () => void }) {
  const t = useTranslations("codeTables")
  const tAll = useTranslations()
  const tCause = useTranslations("causes")
  const missing = useMissing()
  const client = useQueryClient()
  const { code, codeSystem, seenCount } = waiting
  const [cause, setCause] = useState<Choice | null>(null)
  const [subcause, setSubcause] = useState<string | null>(null)
  const [meaning, setMeaning] = useState("")
  const save = useMutation({
    mutationFn: () =>
      mapCodes(codeSystem ?? "", [
        {
          code,
          cause: cause ?? "unknown",
          ...(subcause === null ? {} : { subcause }),
          ...(meaning.trim() === "" ? {} : { meaning_en: meaning.trim(), meaning_zh: meaning.trim() }),
        },
      ]),
    onSuccess: async () => {
      await client.invalidateQueries()
      onClose()
    },
  })
  return (
    <Dialog
      title={t("mapTitle", { code, codeSystem: codeSystem ?? "" })}
      action={t("save")}
      isBusy={save.isPending}
      notYet={missing([cause === null && t("words.cause")])}
      failure={save.error?.message ?? null}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <Text size="sm" c="dimmed">
        {t("mapText", { count: seenCount })}
      </Text>
      <Select
        label={t("words.cause")}
        required
        value={cause}
        onChange={(value) => setCause(choices.find((known) => known === value) ?? null)}
        data={choices.map((value) => ({ value, label: tCause(value) }))}
        data-autofocus
      />
      <Select
        label={t("words.subcause")}
        description={t("columnText.subcause")}
        clearable
        searchable
        limit={100}
        value={subcause}
        onChange={setSubcause}
        data={Object.keys(channelOfSubcause).map((value) => ({ value, label: subcauseWith(value, tAll) }))}
      />
      <TextInput
        label={t("words.meaning")}
        value={meaning}
        maxLength={500}
        onChange={(event) => setMeaning(event.currentTarget.value)}
      />
    </Dialog>
  )
}
