"use client"

import { Button, Stack, Switch } from "@mantine/core"
import { IconPlus } from "@tabler/icons-react"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { useNow, useTranslations } from "next-intl"
import { useMemo, useState } from "react"
import { ActOnKey, type KeyAction } from "@/components/keys/key-actions"
import { keyColumns } from "@/components/keys/key-columns"
import { ChangeKey, RevokeKey, RotateKey } from "@/components/keys/key-dialogs"
import { MadeKey } from "@/components/keys/made-key"
import { NewKey } from "@/components/keys/new-key"
import { DataTable } from "@/components/tables/data-table"
import { EmptyState } from "@/components/ui/empty-state"
import { PageHeader } from "@/components/ui/page-header"
import { useStored } from "@/components/ui/use-stored"
import { keyState } from "@/lib/access/keys/key-state"
import { keysOptions } from "@/lib/access/keys/queries"
import type { ApiKey, MadeKey as Made } from "@/lib/access/keys/schemas"

const idOf = ({ id }: ApiKey) => id
const nameOf = ({ label }: ApiKey) => label
const isOver = (key: ApiKey, now: Date) => ["expired", "revoked"].includes(keyState(key, now))

type Open = { kind: "new" } | { kind: KeyAction; apiKey: ApiKey } | { kind: "made"; made: Made }

/** The organisation's API keys. */
export function KeysScreen() {
  const t = useTranslations("keys")
  const now = useNow({ updateInterval: 60_000 })
  const list = useQuery(keysOptions())
  const stored = useStored(keysOptions())
  const [open, setOpen] = useState<Open | null>(null)
  const [areAllShown, setAreAllShown] = useState(false)
  const keys = list.data?.data
  const shown = useMemo(
    () => keys?.filter((key) => areAllShown || !isOver(key, now)),
    [keys, areAllShown, now],
  )
  const over = keys?.filter((key) => isOver(key, now)).length ?? 0
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <Button
          size="sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setOpen({ kind: "new" })}
        >
          {t("new")}
        </Button>
      </PageHeader>
      <ActOnKey value={(apiKey, kind) => setOpen({ kind, apiKey: stored(apiKey) })}>
        <DataTable
          name="keys"
          label={t("title")}
          columns={keyColumns}
          title={(id) => t(`columns.${id}`)}
          rows={shown}
          query={list}
          rowId={idOf}
          nameOf={nameOf}
          isDimmed={(key) => isOver(key, now)}
          empty={<EmptyState title={t("none")}>{t("noneText")}</EmptyState>}
          minWidth={1000}
        />
      </ActOnKey>
      {over > 0 ? (
        <Switch
          label={t("showOver", { count: over })}
          checked={areAllShown}
          onChange={(event) => setAreAllShown(event.currentTarget.checked)}
        />
      ) : null}
      {open ? <KeyDialog open={open} onOpen={setOpen} /> : null}
    </Stack>
  )
}

function KeyDialog({ open, onOpen }: { open: Open; onOpen: (open: Open | null) => void }) {
  const client = useQueryClient()
  const close = () => onOpen(null)
  const onMade = (made: Made) => {
    onOpen({ kind: "made", made })
    void client.invalidateQueries({ queryKey: ["keys"] })
  }
  switch (open.kind) {
    case "new":
      return <NewKey onMade={onMade} onClose={close} />
    case "change":
      return <ChangeKey apiKey={open.apiKey} onClose={close} />
    case "rotate":
      return <RotateKey apiKey={open.apiKey} onMade={onMade} onClose={close} />
    case "revoke":
      return <RevokeKey apiKey={open.apiKey} onClose={close} />
    case "made":
      return <MadeKey made={open.made} onClose={close} />
  }
}
