"use client"

import { Alert, Button, Group, List, Modal, Stack, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Organisation } from "@/lib/access/organisation/schemas"
import type { RetentionField } from "@/lib/access/organisation/words"

type Props = {
  before: Organisation
  after: Organisation
  fields: RetentionField[]
  isBusy: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a shorter retention deletes data, and says which. */
export function ConfirmRetention({ before, after, fields, isBusy, onConfirm, onClose }: Props) {
  const t = useTranslations("organisation")
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("shortenTitle")}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      <Stack>
        <List size="sm">
          {fields.map((field) => (
            <List.Item key={field}>
              {t(`shorten.${field}`, { before: before[field], after: after[field] })}
            </List.Item>
          ))}
        </List>
        <Text size="sm">{t("shortenText")}</Text>
        <Alert color="red">{t("noWayBack")}</Alert>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button color="red" loading={isBusy} onClick={onConfirm}>
            {t("shortenNow")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
