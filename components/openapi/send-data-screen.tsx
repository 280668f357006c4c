"use client"

import { Anchor, Box, Code, Group, Stack, Tabs, Text } from "@mantine/core"
import { useMounted } from "@mantine/hooks"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { CopyText } from "@/components/ui/copy-text"
import { PageHeader } from "@/components/ui/page-header"
import { paths } from "@/lib/base/paths"
import { keyPlaceholder, languages, snippets } from "@/lib/run/openapi/snippets"

/** Snippets that send a first heartbeat and a first decline to this server. */
export function SendDataScreen() {
  const t = useTranslations("sendData")
  const origin = useMounted() ? window.location.origin : "http://localhost:3000"
  return (
    <Box maw={900}>
      <PageHeader title={t("title")} subtitle={t("subtitle")} />
      <Stack>
        <Text size="sm">
          {t.rich("key", {
            key: () => <Code>{keyPlaceholder}</Code>,
            link: (text) => (
              <Anchor component={Link} href={paths.keys}>
                {text}
              </Anchor>
            ),
          })}
        </Text>
        <Tabs defaultValue="curl" keepMounted={false}>
          <Tabs.List>
            {languages.map((language) => (
              <Tabs.Tab key={language} value={language}>
                {t(`languages.${language}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {languages.map((language) => {
            const text = snippets[language]({ origin, key: keyPlaceholder })
            return (
              <Tabs.Panel key={language} value={language} pt="sm">
                <Group justify="flex-end" mb="xs">
                  <CopyText text={text} size="xs" />
                </Group>
                <Code block tabIndex={0} aria-label={t(`languages.${language}`)}>
                  {text}
                </Code>
              </Tabs.Panel>
            )
          })}
        </Tabs>
        <Text size="sm">{t("answer")}</Text>
        <Code block>{'{"accepted":1,"duplicates":0,"rejected":0,"errors":[],"ignored":[]}'}</Code>
        <Text size="sm">
          {t.rich("more", {
            link: (text) => (
              <Anchor component={Link} href={paths.apiDocs}>
                {text}
              </Anchor>
            ),
          })}
        </Text>
      </Stack>
    </Box>
  )
}
