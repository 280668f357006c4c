"use client"

import { Text, TextInput } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { Dialog } from "@/components/ui/dialog"
import { RoleAndReach, type Rights } from "@/components/users/role-and-reach"
import { idsOf } from "@/lib/access/actor/describe-reach"
import { changeUser } from "@/lib/access/users/queries"
import type { User } from "@/lib/access/users/schemas"
import { RequestFailed } from "@/lib/base/http/get-json"

export function ChangeDialog({
  user,
  onDone,
  onClose,
}: {
  user: User
  onDone: () => void
  onClose: () => void
}) {
  const t = useTranslations("users")
  const [name, setName] = useState(user.name)
  const [rights, setRights] = useState<Rights>({ role: user.role, reach: idsOf(user.reach) })
  const changing = useMutation({
    mutationFn: () => changeUser(user.id, user.isSelf ? { name } : { name, ...rights }),
    onSuccess: onDone,
  })
  const { error } = changing
  const failure =
    error && (error instanceof RequestFailed && error.status === 409 ? t("lastAdmin") : error.message)
  return (
    <Dialog
      title={t("changeTitle", { email: user.email })}
      action={t("save")}
      isBusy={changing.isPending}
      failure={failure}
      onSubmit={() => changing.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t("name")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        data-autofocus
      />
      {user.isSelf ? null : <RoleAndReach value={rights} onChange={setRights} />}
      <Text size="xs" c="dimmed">
        {user.isSelf ? t("ownNote") : t("changeNote")}
      </Text>
    </Dialog>
  )
}
