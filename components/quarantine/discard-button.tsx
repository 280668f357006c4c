"use client"

import { Button, Text } from "@mantine/core"
import { useDisclosure } from "@mantine/hooks"
import { useTranslations } from "next-intl"
import { Dialog } from "@/components/ui/dialog"

/** Asks before records are discarded. */
export function DiscardButton({
  label,
  count,
  onDiscard,
}: {
  label: string
  count: number
  onDiscard: () => void
}) {
  const t = useTranslations("quarantine.discard")
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button size="xs" variant="subtle" color="red" onClick={open}>
        {label}
      </Button>
      {isOpen ? (
        <Dialog
          title={t("title", { count })}
          action={t("confirm")}
          color="red"
          isBusy={false}
          failure={null}
          onSubmit={() => {
            close()
            onDiscard()
          }}
          onClose={close}
        >
          <Text size="sm">{t("text")}</Text>
        </Dialog>
      ) : null}
    </>
  )
}
