"use client"

import { ActionIcon, Button, Group, Menu } from "@mantine/core"
import { IconDots } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import { createContext, use } from "react"
import type { Taking } from "@/components/users/confirm-dialog"
import type { User } from "@/lib/access/users/schemas"

export type UserAction = "change" | "inviteAgain" | "resetLink" | "enable" | Taking

/** Starts an action for a user. The screen provides it to the rows. */
export const ActOnUser = createContext<(user: User, action: UserAction) => void>(() => undefined)

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

export function UserActions({ row: user }: { row: User }) {
  const t = useTranslations("users")
  const act = use(ActOnUser)
  const actions = actionsOn(user)
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button size="compact-sm" variant="light" onClick={() => act(user, "change")}>
        {t("change")}
      </Button>
      {actions.length > 0 ? (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" aria-label={t("actions", { email: user.email })}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {actions.map((action) => (
              <Menu.Item
                key={action}
                onClick={() => act(user, action)}
                {...(action === "disable" ? { color: "red" } : {})}
              >
                {t(action)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </Group>
  )
}
