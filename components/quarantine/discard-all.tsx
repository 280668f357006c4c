"use client"

import { Button, Group, Modal, Stack, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useTranslations } from "next-intl"

/** Asks before records are discarded. */
export function DiscardAll({ count, onDiscard }: { count: number; onDiscard: () => void }) {
  const t = useTranslations("quarantine.discard")
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button size="xs" variant="subtle" color="red" onClick={open}>
        {t("open", { count })}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t("title", { count })}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        <Stack>
          <Text size="sm">{t("text")}</Text>
          <Group justify="flex-end">
            <Button size="xs" variant="default" onClick={close}>
              {t("cancel")}
            </Button>
            <Button
              size="xs"
              color="red"
              onClick={() => {
                close()
                onDiscard()
              }}
            >
              {t("confirm")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
