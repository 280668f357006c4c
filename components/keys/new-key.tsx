"use client"

import { Checkbox, Stack, TextInput } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useNow, useTimeZone, useTranslations } from "next-intl"
import { useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import { useMissing } from "@/components/ui/use-missing"
import { ReachPicker } from "@/components/users/reach-picker"
import { scopes } from "@/lib/access/actor/actor"
import { hasNoPlaces } from "@/lib/access/actor/has-no-places"
import type { Reach } from "@/lib/access/actor/schemas"
import { createKey } from "@/lib/access/keys/queries"
import type { MadeKey } from "@/lib/access/keys/schemas"
import { dayOf, endOfDay } from "@/lib/base/time/reader-day"

type Props = { onMade: (made: MadeKey) => void; onClose: () => void }

/** The form of a new key: label, scopes, reach and expiry. */
export function NewKey({ onMade, onClose }: Props) {
  const t = useTranslations("keys")
  const tReach = useTranslations("reach")
  const missing = useMissing()
  const zone = useTimeZone() ?? "UTC"
  const today = dayOf(useNow(), zone)
  const [label, setLabel] = useState("")
  const [chosen, setChosen] = useState<string[]>([])
  const [reach, setReach] = useState<Reach>(null)
  const [until, setUntil] = useState("")
  const create = useMutation({
    mutationFn: () =>
      createKey({
        label: label.trim(),
        scopes: scopes.filter((scope) => chosen.includes(scope)),
        reach,
        expiresAt: endOfDay(until, zone),
      }),
    onSuccess: onMade,
  })
  return (
    <Dialog
      title={t("new")}
      action={t("create")}
      isBusy={create.isPending}
      notYet={missing([
        label.trim() === "" && t("label"),
        chosen.length === 0 && t("scopesLabel"),
        reach !== null && hasNoPlaces(reach) && tReach("label"),
      ])}
      failure={create.error?.message ?? null}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t("label")}
        description={t("labelNote")}
        required
        value={label}
        maxLength={100}
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group label={t("scopesLabel")} withAsterisk value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              value={scope}
              label={t(`scopes.${scope}`)}
              description={t(`scopeNotes.${scope}`)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <ReachPicker value={reach} onChange={setReach} note={t("reachNote")} />
      <TextInput
        type="date"
        label={t("expires")}
        description={t("expiresNote")}
        value={until}
        min={today}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </Dialog>
  )
}
