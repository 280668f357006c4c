"use client"

import { Button, Group } from "@mantine/core"
import { useNow, useTranslations } from "next-intl"
import { createContext, use } from "react"
import { keyState } from "@/lib/access/keys/key-state"
import type { ApiKey } from "@/lib/access/keys/schemas"

export type KeyAction = "change" | "rotate" | "revoke"

/** Starts an action for a key. The screen provides it to the rows. */
export const ActOnKey = createContext<(apiKey: ApiKey, action: KeyAction) => void>(() => undefined)

export function KeyActions({ row: apiKey }: { row: ApiKey }) {
  const t = useTranslations("keys")
  const act = use(ActOnKey)
  const state = keyState(apiKey, useNow({ updateInterval: 60_000 }))
  if (state === "revoked") return null
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button size="compact-xs" variant="default" onClick={() => act(apiKey, "change")}>
        {t("change")}
      </Button>
      {state !== "expired" && apiKey.successorPrefix === null ? (
        <Button size="compact-xs" variant="default" onClick={() => act(apiKey, "rotate")}>
          {t("rotate")}
        </Button>
      ) : null}
      <Button size="compact-xs" variant="light" color="red" onClick={() => act(apiKey, "revoke")}>
        {t("revoke")}
      </Button>
    </Group>
  )
}
