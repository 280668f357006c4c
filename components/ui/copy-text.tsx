"use client"

import { Button, CopyButton, type ButtonProps } from "@mantine/core"
import { IconCheck, IconCopy } from "@tabler/icons-react"
import { useTranslations } from "next-intl"

/** Copies a text and shows a short confirmation. */
export function CopyText({ text, ...button }: { text: string } & Pick<ButtonProps, "size">) {
  const t = useTranslations("common")
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          variant="light"
          onClick={copy}
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          {...button}
        >
          {copied ? t("copied") : t("copy")}
        </Button>
      )}
    </CopyButton>
  )
}
