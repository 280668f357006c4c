"use client"

import { Select, Text, TextInput } from "@mantine/core"
import { useMutation, useQueryClient, type UseMutationResult } from "@tanstack/react-query"
import { useNow, useTimeZone, useTranslations } from "next-intl"
import { useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import { useLanguage } from "@/components/ui/use-language"
import { changeKey, revokeKey, rotateKey } from "@/lib/access/keys/queries"
import type { ApiKey, MadeKey } from "@/lib/access/keys/schemas"
import { textIn } from "@/lib/base/names/names"
import { oneOf } from "@/lib/base/one-of"
import { dayOf, endOfDay } from "@/lib/base/time/reader-day"

type Props = { apiKey: ApiKey; onClose: () => void }

const formOf = <Answer,>({ isPending, error, mutate }: UseMutationResult<Answer, Error, void>) => ({
  isBusy: isPending,
  failure: error?.message ?? null,
  onSubmit: () => mutate(),
})

/** A title with the label of a key in the reader's language. */
function useTitle(title: "changeTitle" | "rotateTitle" | "revokeTitle", { label }: ApiKey): string {
  const t = useTranslations("keys")
  return t(title, { label: textIn(useLanguage(), label) })
}

/** Changes the label or expiry of a key. */
export function ChangeKey({ apiKey, onClose }: Props) {
  const t = useTranslations("keys")
  const client = useQueryClient()
  const zone = useTimeZone() ?? "UTC"
  const before = apiKey.expiresAt === null ? "" : dayOf(new Date(apiKey.expiresAt), zone)
  const today = dayOf(useNow(), zone)
  const [label, setLabel] = useState(apiKey.label)
  const [until, setUntil] = useState(before)
  const change = useMutation({
    mutationFn: () =>
      changeKey(apiKey.id, {
        label: label.trim(),
        ...(until === before ? {} : { expiresAt: endOfDay(until, zone) }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["keys"] })
      onClose()
    },
  })
  return (
    <Dialog title={useTitle("changeTitle", apiKey)} action={t("save")} {...formOf(change)} onClose={onClose}>
      <TextInput
        label={t("label")}
        value={label}
        maxLength={100}
        required
        onChange={(event) => setLabel(event.currentTarget.value)}
        data-autofocus
      />
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

const hours = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 } as const
type Period = keyof typeof hours
const periods = Object.keys(hours) as Period[]

/** Replaces a key with a new one, and sets how long the old one still works. */
export function RotateKey({ apiKey, onMade, onClose }: Props & { onMade: (made: MadeKey) => void }) {
  const t = useTranslations("keys")
  const [period, setPeriod] = useState<Period>("week")
  const rotate = useMutation({
    mutationFn: () =>
      rotateKey(apiKey.id, { worksUntil: new Date(Date.now() + hours[period] * 3_600_000).toISOString() }),
    onSuccess: onMade,
  })
  return (
    <Dialog
      title={useTitle("rotateTitle", apiKey)}
      action={t("rotateNow")}
      {...formOf(rotate)}
      onClose={onClose}
    >
      <Text size="sm">{t("rotateText")}</Text>
      <Select
        label={t("worksFor")}
        allowDeselect={false}
        value={period}
        onChange={(value) => setPeriod(oneOf(periods, value) ?? "week")}
        data={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
      />
    </Dialog>
  )
}

/** Asks before a key is revoked. */
export function RevokeKey({ apiKey, onClose }: Props) {
  const t = useTranslations("keys")
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => revokeKey(apiKey.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["keys"] })
      onClose()
    },
  })
  return (
    <Dialog
      title={useTitle("revokeTitle", apiKey)}
      action={t("revokeNow")}
      {...formOf(revoke)}
      onClose={onClose}
      color="red"
    >
      <Text size="sm">{t("revokeText")}</Text>
    </Dialog>
  )
}
