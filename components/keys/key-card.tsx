"use client"

import { Badge, Button, Code, Group, Paper, Stack, Text } from "@mantine/core"
import { useFormatter, useNow, useTranslations } from "next-intl"
import { useState, type ReactNode } from "react"
import { ChangeKey, RevokeKey, RotateKey } from "@/components/keys/key-dialogs"
import { TimeAgo } from "@/components/ui/time-ago"
import { describeReach } from "@/lib/access/actor/describe-reach"
import { keyState } from "@/lib/access/keys/key-state"
import type { ApiKey, MadeKey } from "@/lib/access/keys/schemas"

const colors = { works: "teal", ending: "orange", expired: "gray", revoked: "gray" } as const

/** An API key with its use and its actions. */
export function KeyCard({ apiKey, onMade }: { apiKey: ApiKey; onMade: (made: MadeKey) => void }) {
  const t = useTranslations("keys")
  const tReach = useTranslations("reach")
  const format = useFormatter()
  const state = keyState(apiKey, useNow({ updateInterval: 60_000 }))
  const [dialog, setDialog] = useState<"change" | "rotate" | "revoke" | null>(null)
  const close = () => setDialog(null)
  const {
    label,
    prefix,
    scopes,
    reach,
    createdAt,
    createdBy,
    lastUsedAt,
    expiresAt,
    revokedAt,
    successorPrefix,
  } = apiKey
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: "medium" })
  return (
    <Paper withBorder p="md" component="article" aria-label={label}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={6} miw={0}>
          <Group gap="xs">
            <Text fw={600}>{label}</Text>
            <Code>{prefix}…</Code>
            <Badge color={colors[state]} variant="light">
              {t(`states.${state}`)}
            </Badge>
            {scopes.map((scope) => (
              <Badge key={scope} variant="default">
                {t(`scopes.${scope}`)}
              </Badge>
            ))}
          </Group>
          <Group gap="4px 20px">
            <Fact name={tReach("label")}>{describeReach(reach, tReach)}</Fact>
            <Fact name={t("lastUsed")}>{lastUsedAt ? <TimeAgo at={lastUsedAt} /> : t("never")}</Fact>
            {revokedAt ? (
              <Fact name={t("revoked")}>{day(revokedAt)}</Fact>
            ) : (
              <Fact name={t("expires")}>{expiresAt ? day(expiresAt) : t("never")}</Fact>
            )}
            <Fact name={t("made")}>
              {day(createdAt)}
              {createdBy ? ` · ${createdBy}` : ""}
            </Fact>
            {successorPrefix ? (
              <Fact name={t("successor")}>
                <Code>{successorPrefix}…</Code>
              </Fact>
            ) : null}
          </Group>
        </Stack>
        {state === "revoked" ? null : (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setDialog("change")}>
              {t("change")}
            </Button>
            {state !== "expired" && successorPrefix === null ? (
              <Button size="xs" variant="default" onClick={() => setDialog("rotate")}>
                {t("rotate")}
              </Button>
            ) : null}
            <Button size="xs" variant="light" color="red" onClick={() => setDialog("revoke")}>
              {t("revoke")}
            </Button>
          </Group>
        )}
      </Group>
      {dialog === "change" ? <ChangeKey apiKey={apiKey} onClose={close} /> : null}
      {dialog === "rotate" ? <RotateKey apiKey={apiKey} onMade={onMade} onClose={close} /> : null}
      {dialog === "revoke" ? <RevokeKey apiKey={apiKey} onClose={close} /> : null}
    </Paper>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Text size="sm" component="div">
      <Text span c="dimmed" size="sm">
        {name}{" "}
      </Text>
      {children}
    </Text>
  )
}
