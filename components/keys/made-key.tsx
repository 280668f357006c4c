"use client"

import { Alert, Button, Code, CopyButton, Group, Modal, Stack } from "@mantine/core"
import { IconCheck, IconCopy } from "@tabler/icons-react"
import { useTranslations } from "next-intl"
import type { MadeKey as Made } from "@/lib/access/keys/schemas"

/** A key that was just made: shown now and never again. */
export function MadeKey({ made, onClose }: { made: Made; onClose: () => void }) {
  const t = useTranslations("keys")
  return (
    <Modal
      opened
      onClose={onClose}
      title={made.apiKey.label}
      closeOnClickOutside={false}
      withCloseButton={false}
    >
      <Stack>
        <Alert color="orange">{t("shownOnce")}</Alert>
        <Code block aria-label={t("key")} style={{ whiteSpace: "normal", wordBreak: "break-all" }}>
          {made.key}
        </Code>
        <Group justify="flex-end">
          <CopyButton value={made.key}>
            {({ copied, copy }) => (
              <Button
                variant="light"
                onClick={copy}
                leftSection={
                  copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                }
              >
                {copied ? t("copied") : t("copy")}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t("done")}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
