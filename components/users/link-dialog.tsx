"use client"

import { Button, CopyButton, Group, Modal, Stack, Text, TextInput } from "@mantine/core"
import { useFormatter, useTranslations } from "next-intl"
import type { Purpose } from "@/lib/access/account-links/words"
import type { UserWithLink } from "@/lib/access/users/schemas"

type Props = { purpose: Purpose; made: UserWithLink; onClose: () => void }

/** A new link. It is shown only once. */
export function LinkDialog({ purpose, made: { user, link }, onClose }: Props) {
  const t = useTranslations("users")
  const format = useFormatter()
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={t(`linkTitle.${purpose}`, { email: user.email })}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t(`linkText.${purpose}`, {
            at: format.dateTime(new Date(link.expiresAt), { dateStyle: "medium", timeStyle: "short" }),
          })}
        </Text>
        {link.isMailed ? <Text size="sm">{t("mailed")}</Text> : null}
        <TextInput
          label={t("link")}
          value={link.url}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
          data-autofocus
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("close")}
          </Button>
          <CopyButton value={link.url}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? t("copied") : t("copy")}</Button>}
          </CopyButton>
        </Group>
      </Stack>
    </Modal>
  )
}
