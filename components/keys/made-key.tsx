"use client"

import { Alert, Button, Code, Group, Modal, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import { CopyText } from "@/components/ui/copy-text"
import { useLanguage } from "@/components/ui/use-language"
import type { MadeKey as Made } from "@/lib/access/keys/schemas"
import { textIn } from "@/lib/base/names/names"

/** A new key. It is shown only once. */
export function MadeKey({ made, onClose }: { made: Made; onClose: () => void }) {
  const t = useTranslations("keys")
  return (
    <Modal
      opened
      onClose={onClose}
      title={textIn(useLanguage(), made.apiKey.label)}
      closeOnClickOutside={false}
      withCloseButton={false}
    >
      <Stack>
        <Alert color="orange">{t("shownOnce")}</Alert>
        <Code block aria-label={t("key")} style={{ whiteSpace: "normal", wordBreak: "break-all" }}>
          {made.key}
        </Code>
        <Group justify="flex-end">
          <CopyText text={made.key} />
          <Button onClick={onClose}>{t("done")}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
