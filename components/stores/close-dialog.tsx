"use client"

import { Text, TextInput } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormErrors } from "@/components/places/use-form-errors"
import { Dialog } from "@/components/ui/dialog"
import { changeStore } from "@/lib/fleet/stores/queries"
import type { Store } from "@/lib/fleet/stores/schemas"

const today = (timeZone: string) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date())

/** Closes a store for good from a date on, or opens it again. */
export function CloseDialog({ store, onClose }: { store: Store; onClose: () => void }) {
  const t = useTranslations("places")
  const client = useQueryClient()
  const [day, setDay] = useState(() => today(store.timeZone))
  const isReopening = store.closedOn !== null
  const saving = useMutation({
    mutationFn: () => changeStore(store.id, { closedOn: isReopening ? null : day }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["stores"] })
      onClose()
    },
  })
  const errors = useFormErrors(saving.error)
  const title = isReopening ? t("reopen") : t("closeForGood")
  return (
    <Dialog
      title={title}
      action={title}
      color={isReopening ? "teal" : "red"}
      isBusy={saving.isPending}
      failure={errors.whole}
      onSubmit={() => saving.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{isReopening ? t("reopenText") : t("closeText")}</Text>
      {!isReopening && store.terminals > 0 ? (
        <Text size="sm" fw={600}>
          {t("closeTerminals", { count: store.terminals })}
        </Text>
      ) : null}
      {isReopening ? null : (
        <TextInput
          type="date"
          label={t("closedFrom")}
          value={day}
          required
          withAsterisk={false}
          onChange={(event) => setDay(event.currentTarget.value)}
          error={errors.at("closedOn")}
        />
      )}
    </Dialog>
  )
}
