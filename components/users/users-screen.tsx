"use client"

import { Button, Group, Stack } from "@mantine/core"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useQueryStates } from "nuqs"
import { useState } from "react"
import { CornerNotice } from "@/components/ui/corner-notice"
import { PageHeader } from "@/components/ui/page-header"
import { SearchInput } from "@/components/ui/search-input"
import { ChangeDialog } from "@/components/users/change-dialog"
import { ConfirmDialog, type Taking } from "@/components/users/confirm-dialog"
import { InviteDialog } from "@/components/users/invite-dialog"
import { LinkDialog } from "@/components/users/link-dialog"
import type { UserAction } from "@/components/users/user-actions"
import { UserList } from "@/components/users/user-list"
import { userView } from "@/components/users/view"
import type { Purpose } from "@/lib/access/account-links/words"
import { changeUser, inviteAgain, makeResetLink } from "@/lib/access/users/queries"
import type { User, UserWithLink } from "@/lib/access/users/schemas"

type Open =
  | { kind: "invite" }
  | { kind: "change"; user: User }
  | { kind: "confirm"; taking: Taking; user: User }
  | { kind: "link"; purpose: Purpose; made: UserWithLink }

type Notice = { text: string; isFailure: boolean }

export function UsersScreen() {
  const t = useTranslations("users")
  const client = useQueryClient()
  const [open, setOpen] = useState<Open | null>(null)
  const [notice, setNotice] = useState<Notice | null>(null)
  const [{ q }, setView] = useQueryStates(userView)
  const close = () => setOpen(null)
  const refresh = () => void client.invalidateQueries({ queryKey: ["users"] })
  const done = (text: string) => {
    close()
    setNotice({ text, isFailure: false })
    refresh()
  }
  const showLink = (purpose: Purpose) => (made: UserWithLink) => {
    setOpen({ kind: "link", purpose, made })
    refresh()
  }
  const fail = (error: Error) => setNotice({ text: error.message, isFailure: true })
  const inviting = useMutation({ mutationFn: inviteAgain, onSuccess: showLink("invitation"), onError: fail })
  const resetting = useMutation({ mutationFn: makeResetLink, onSuccess: showLink("reset"), onError: fail })
  const enabling = useMutation({
    mutationFn: (id: string) => changeUser(id, { isDisabled: false }),
    onSuccess: ({ email }) => done(t("done.enable", { email })),
    onError: fail,
  })
  const act = (user: User, action: UserAction) => {
    setNotice(null)
    if (action === "change") setOpen({ kind: "change", user })
    else if (action === "inviteAgain") inviting.mutate(user.id)
    else if (action === "resetLink") resetting.mutate(user.id)
    else if (action === "enable") enabling.mutate(user.id)
    else setOpen({ kind: "confirm", taking: action, user })
  }
  return (
    <Stack gap="md">
      <PageHeader title={t("title")} subtitle={t("subtitle")}>
        <Group gap="xs">
          <SearchInput
            label={t("search")}
            value={q}
            onSearch={(text) => void setView({ q: text.trim() || null, cursor: null })}
          />
          <Button size="xs" onClick={() => setOpen({ kind: "invite" })}>
            {t("invite")}
          </Button>
        </Group>
      </PageHeader>
      <UserList onAction={act} />
      {open?.kind === "invite" ? <InviteDialog onDone={showLink("invitation")} onClose={close} /> : null}
      {open?.kind === "change" ? (
        <ChangeDialog user={open.user} onDone={() => done(t("done.change"))} onClose={close} />
      ) : null}
      {open?.kind === "confirm" ? (
        <ConfirmDialog taking={open.taking} user={open.user} onDone={done} onClose={close} />
      ) : null}
      {open?.kind === "link" ? <LinkDialog purpose={open.purpose} made={open.made} onClose={close} /> : null}
      {notice ? <UserNotice notice={notice} onClose={() => setNotice(null)} /> : null}
    </Stack>
  )
}

function UserNotice({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const t = useTranslations("users")
  return (
    <CornerNotice
      color={notice.isFailure ? "red" : "teal"}
      title={notice.isFailure ? t("failed") : undefined}
      closeLabel={t("close")}
      onClose={onClose}
    >
      {notice.text}
    </CornerNotice>
  )
}
