"use client"

import { Badge, Text, type MantineColor } from "@mantine/core"
import { useFormatter, useNow, useTranslations } from "next-intl"
import type { Column, ReaderFormat } from "@/components/tables/columns"
import { TimeAgo } from "@/components/ui/time-ago"
import { UserActions } from "@/components/users/user-actions"
import { describeReach } from "@/lib/access/actor/describe-reach"
import type { User } from "@/lib/access/users/schemas"
import type { UserState } from "@/lib/access/users/words"

const stateColor = { invited: "blue", active: "teal", disabled: "gray" } as const satisfies Record<
  UserState,
  MantineColor
>

function Email({ row: { email, isSelf } }: { row: User }) {
  const t = useTranslations("users")
  return (
    <Text size="sm" fw={600}>
      {email}
      {isSelf ? (
        <Text span size="sm" c="dimmed">
          {" "}
          ({t("you")})
        </Text>
      ) : null}
    </Text>
  )
}

const rightsWith = ({ role, reach }: User, { t }: ReaderFormat): string =>
  `${t(`roles.${role}`)} · ${describeReach(reach, (key, values) => t(`reach.${key}`, values))}`

function Rights({ row }: { row: User }) {
  return rightsWith(row, { t: useTranslations(), format: useFormatter() })
}

function State({ row: { state, invitedUntil } }: { row: User }) {
  const t = useTranslations("users")
  return (
    <>
      <Badge variant="dot" color={stateColor[state]}>
        {t(`states.${state}`)}
      </Badge>
      {state === "invited" ? <InvitationState until={invitedUntil} /> : null}
    </>
  )
}

function InvitationState({ until }: { until: string | null }) {
  const t = useTranslations("users")
  const format = useFormatter()
  const now = useNow({ updateInterval: 60_000 })
  return (
    <Text size="xs" c="dimmed">
      {until === null
        ? t("noInvitation")
        : new Date(until) < now
          ? t("invitationOver")
          : t("invitedUntil", {
              at: format.dateTime(new Date(until), { dateStyle: "medium", timeStyle: "short" }),
            })}
    </Text>
  )
}

function SecondFactor({ row: { hasSecondFactor } }: { row: User }) {
  const t = useTranslations("users")
  return hasSecondFactor ? (
    <Badge variant="outline" color="teal">
      {t("on")}
    </Badge>
  ) : (
    "—"
  )
}

function LastSignIn({ row: { lastSignInAt } }: { row: User }) {
  const t = useTranslations("users")
  return lastSignInAt ? <TimeAgo at={lastSignInAt} /> : t("neverSignedIn")
}

/** The API sorts users by email. */
export const userColumns: Column<User>[] = [
  { id: "email", value: ({ email }) => email, cell: Email, isSortable: false },
  { id: "name", value: ({ name }) => name || null, isSortable: false },
  { id: "rights", value: ({ role }) => role, text: rightsWith, cell: Rights, isSortable: false },
  {
    id: "state",
    value: ({ state }) => state,
    text: ({ state }, { t }) => t(`users.states.${state}`),
    cell: State,
    isSortable: false,
  },
  {
    id: "secondFactor",
    value: ({ hasSecondFactor }) => hasSecondFactor,
    text: ({ hasSecondFactor }, { t }) => (hasSecondFactor ? t("users.on") : null),
    cell: SecondFactor,
    isSortable: false,
  },
  { id: "lastSignIn", value: ({ lastSignInAt }) => lastSignInAt, cell: LastSignIn, isSortable: false },
  { id: "actions", value: () => null, cell: UserActions, isSortable: false, isAction: true, align: "right" },
]
