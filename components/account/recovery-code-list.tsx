"use client"

import { Alert, Button, Code, Group, SimpleGrid, Stack } from "@mantine/core"
import { useTranslations } from "next-intl"
import { CopyText } from "@/components/ui/copy-text"

const fileName = "tillwatch-recovery-codes.txt"

/** New recovery codes. They are shown only once. */
export function RecoveryCodeList({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const t = useTranslations("account")
  const text = `${codes.join("\n")}\n`
  const download = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }))
    Object.assign(document.createElement("a"), { href: url, download: fileName }).click()
    URL.revokeObjectURL(url)
  }
  return (
    <Stack gap="sm">
      <Alert color="teal" role="status" title={t("codesTitle")}>
        {t("codesText")}
      </Alert>
      <SimpleGrid
        cols={{ base: 1, xs: 2 }}
        spacing="xs"
        verticalSpacing="xs"
        component="ul"
        aria-label={t("codesTitle")}
        p={0}
        m={0}
        style={{ listStyle: "none" }}
      >
        {codes.map((code) => (
          <li key={code}>
            <Code fz="sm">{code}</Code>
          </li>
        ))}
      </SimpleGrid>
      <Group gap="xs">
        <CopyText text={text} />
        <Button variant="default" onClick={download}>
          {t("download")}
        </Button>
        <Button onClick={onDone}>{t("codesKept")}</Button>
      </Group>
    </Stack>
  )
}
