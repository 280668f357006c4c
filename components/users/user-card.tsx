"use client"

import { ActionIcon, Badge, Button, Group, Menu, Paper, Stack, Text, type MantineColor } from "@mantine/core"
import { IconDots } from "@tabler/icons-react"
import { useFormatter, useNow, useTranslations } from "next-intl"
import { TimeAgo } from "@/components/ui/time-ago"
import type { Taking } from "@/components/users/confirm-dialog"
import { describeReach } from "@/lib/access/actor/describe-reach"
import type { User } from "@/lib/access/users/schemas"
import type { UserState } from "@/lib/access/users/words"

const stateColor = { invited: "blue", active: "teal", disabled: "gray" } as const satisfies Record<
  UserState,
  MantineColor
>

export type UserAction = "change" | "inviteAgain" | "resetLink" | "enable" | Taking

/** The actions for a user. Few of them apply to the own account. */
function actionsOn({ isSelf, state, hasPassword, hasSecondFactor }: User): UserAction[] {
  if (isSelf) return []
  if (state === "disabled") return ["enable"]
  if (state === "invited") return ["inviteAgain", "disable"]
  return [
    ...(hasPassword ? ["resetLink" as const] : []),
    "endSessions",
    ...(hasSecondFactor ? ["removeSecondFactor" as const] : []),
    "disable",
  ]
}

export function UserCard({ user, onAction }: { user: User; onAction: (action: UserAction) => void }) {
  const t = useTranslations("users")
  const tRole = useTranslations("roles")
  const tReach = useTranslations("reach")
  const { email, name, role, state, reach, lastSignInAt, hasSecondFactor, isSelf } = user
  const actions = actionsOn(user)
  return (
    <Paper component="article" withBorder p="md" aria-label={email}>
      <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
        <Stack gap={4} miw={0}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: "anywhere" }}>
              {name || email}
            </Text>
            {isSelf ? (
              <Text size="sm" c="dimmed">
                ({t("you")})
              </Text>
            ) : null}
            <Badge variant="dot" color={stateColor[state]}>
              {t(`states.${state}`)}
            </Badge>
            {hasSecondFactor ? (
              <Badge variant="outline" color="teal">
                {t("secondFactor")}
              </Badge>
            ) : null}
          </Group>
          {name ? (
            <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              {email}
            </Text>
          ) : null}
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {tRole(role)} · {describeReach(reach, tReach)}
          </Text>
          <Text size="xs" c="dimmed">
            {state === "invited" ? (
              <InvitationState until={user.invitedUntil} />
            ) : lastSignInAt ? (
              t.rich("signedIn", { time: () => <TimeAgo at={lastSignInAt} /> })
            ) : (
              t("neverSignedIn")
            )}
          </Text>
        </Stack>
        <Group gap={4} wrap="nowrap">
          <Button size="compact-sm" variant="light" onClick={() => onAction("change")}>
            {t("change")}
          </Button>
          {actions.length > 0 ? (
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <ActionIcon variant="subtle" aria-label={t("actions", { email })}>
                  <IconDots size={18} aria-hidden />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {actions.map((action) => (
                  <Menu.Item
                    key={action}
                    onClick={() => onAction(action)}
                    {...(action === "disable" ? { color: "red" } : {})}
                  >
                    {t(action)}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </Group>
      </Group>
    </Paper>
  )
}

function InvitationState({ until }: { until: string | null }) {
  const t = useTranslations("users")
  const format = useFormatter()
  const now = useNow({ updateInterval: 60_000 })
  if (until === null) return t("noInvitation")
  return new Date(until) < now
    ? t("invitationOver")
    : t("invitedUntil", { at: format.dateTime(new Date(until), { dateStyle: "medium", timeStyle: "short" }) })
}
