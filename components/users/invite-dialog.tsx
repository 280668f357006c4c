"use client"

import { TextInput } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import { RoleAndReach, type Rights } from "@/components/users/role-and-reach"
import { inviteUser } from "@/lib/access/users/queries"
import type { UserWithLink } from "@/lib/access/users/schemas"
import { RequestFailed } from "@/lib/base/http/get-json"

export function InviteDialog({
  onDone,
  onClose,
}: {
  onDone: (made: UserWithLink) => void
  onClose: () => void
}) {
  const t = useTranslations("users")
  const [email, setEmail] = useState("")
  const [name, setName] = useState("")
  const [rights, setRights] = useState<Rights>({ role: "viewer", reach: null })
  const inviting = useMutation({
    mutationFn: () => inviteUser({ email, name, ...rights }),
    onSuccess: onDone,
  })
  const { error } = inviting
  const failure =
    error && (error instanceof RequestFailed && error.status === 409 ? t("taken") : error.message)
  return (
    <Dialog
      title={t("invite")}
      action={t("send")}
      isBusy={inviting.isPending}
      failure={failure}
      onSubmit={() => inviting.mutate()}
      onClose={onClose}
    >
      <TextInput
        type="email"
        label={t("email")}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        maxLength={254}
        required
        data-autofocus
      />
      <TextInput
        label={t("name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
      />
      <RoleAndReach value={rights} onChange={setRights} />
    </Dialog>
  )
}
