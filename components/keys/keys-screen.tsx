"use client"

import { Button, Skeleton, Stack, Switch } from "@mantine/core"
import { IconPlus } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNow, useTranslations } from "next-intl"
import { useState } from "react"
import { KeyCard } from "@/components/keys/key-card"
import { MadeKey } from "@/components/keys/made-key"
import { NewKey } from "@/components/keys/new-key"
import { EmptyState } from "@/components/ui/empty-state"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { keyState } from "@/lib/access/keys/key-state"
import { keysOptions } from "@/lib/access/keys/queries"
import type { MadeKey as Made } from "@/lib/access/keys/schemas"

/** The organisation's API keys. */
export function KeysScreen() {
  const t = useTranslations("keys")
  const client = useQueryClient()
  const now = useNow({ updateInterval: 60_000 })
  const list = useQuery(keysOptions())
  const [isMaking, setIsMaking] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const [areAllShown, setAreAllShown] = useState(false)
  const keys = list.data?.data ?? []
  const over = keys.filter((key) => ["expired", "revoked"].includes(keyState(key, now)))
  const shown = areAllShown ? keys : keys.filter((key) => !over.includes(key))
  const onMade = (key: Made) => {
    setIsMaking(false)
    setMade(key)
    void client.invalidateQueries({ queryKey: ["keys"] })
  }
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setIsMaking(true)}>
          {t("new")}
        </Button>
      </PageHeader>
      {list.isError ? <ErrorState onRetry={() => void list.refetch()} /> : null}
      {list.data === undefined && !list.isError ? <Skeleton height={200} /> : null}
      {list.data && shown.length === 0 ? <EmptyState title={t("none")}>{t("noneText")}</EmptyState> : null}
      {shown.map((key) => (
        <KeyCard key={key.id} apiKey={key} onMade={onMade} />
      ))}
      {over.length > 0 ? (
        <Switch
          label={t("showOver", { count: over.length })}
          checked={areAllShown}
          onChange={(event) => setAreAllShown(event.currentTarget.checked)}
        />
      ) : null}
      {isMaking ? <NewKey onMade={onMade} onClose={() => setIsMaking(false)} /> : null}
      {made ? <MadeKey made={made} onClose={() => setMade(null)} /> : null}
    </Stack>
  )
}
