"use client"

import { Text } from "@mantine/core"
import { useMutation } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { Dialog } from "@/components/ui/dialog"
import { changeUser, endSessions, removeSecondFactor } from "@/lib/access/users/queries"
import type { User } from "@/lib/access/users/schemas"
import { RequestFailed } from "@/lib/base/http/get-json"

/** An action that removes something. */
export type Taking = "disable" | "endSessions" | "removeSecondFactor"

/** Returns how many sessions ended, if it ends sessions. */
const take: Record<Taking, (id: string) => Promise<number>> = {
  disable: async (id) => changeUser(id, { isDisabled: true }).then(() => 0),
  endSessions: async (id) => (await endSessions(id)).ended,
  removeSecondFactor: async (id) => removeSecondFactor(id).then(() => 0),
}

type Props = { taking: Taking; user: User; onDone: (text: string) => void; onClose: () => void }

export function ConfirmDialog({ taking, user: { id, email }, onDone, onClose }: Props) {
  const t = useTranslations("users")
  const doing = useMutation({
    mutationFn: () => take[taking](id),
    onSuccess: (count) => onDone(t(`done.${taking}`, { email, count })),
  })
  const { error } = doing
  const failure =
    error && (error instanceof RequestFailed && error.status === 409 ? t("lastAdmin") : error.message)
  return (
    <Dialog
      title={t(taking)}
      action={t(taking)}
      color="red"
      isBusy={doing.isPending}
      failure={failure}
      onSubmit={() => doing.mutate()}
      onClose={onClose}
    >
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {t(`confirm.${taking}`, { email })}
      </Text>
    </Dialog>
  )
}
