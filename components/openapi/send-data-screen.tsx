"use client"

import { Anchor, Box, Code, Stack, Tabs, Text } from "@mantine/core"
import { useMounted } from "@mantine/hooks"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { useState } from "react"
import { FirstKey } from "@/components/keys/first-key"
import { PageHeader } from "@/components/ui/page-header"
import { Snippet } from "@/components/ui/snippet"
import { paths } from "@/lib/base/paths"
import { keyPlaceholder, languages, snippets } from "@/lib/run/openapi/snippets"

/** Snippets that send a first heartbeat and a first decline to this server. */
export function SendDataScreen({ mayCreateKey }: { mayCreateKey: boolean }) {
  const t = useTranslations("sendData")
  const [key, setKey] = useState<string | null>(null)
  const origin = useMounted() ? window.location.origin : "http://localhost:3000"
  return (
    <Box maw={900}>
      <PageHeader title={t("title")} subtitle={t("subtitle")} />
      <Stack>
        <FirstKey made={key} mayCreate={mayCreateKey} onMade={setKey} />
        <Tabs defaultValue="curl" keepMounted={false}>
          <Tabs.List>
            {languages.map((language) => (
              <Tabs.Tab key={language} value={language}>
                {t(`languages.${language}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {languages.map((language) => {
            const text = snippets[language]({ origin, key: key ?? keyPlaceholder })
            return (
              <Tabs.Panel key={language} value={language} pt="sm">
                <Snippet label={t(`languages.${language}`)} text={text} />
              </Tabs.Panel>
            )
          })}
        </Tabs>
        <Text size="sm">{t("answer")}</Text>
        <Code block tabIndex={0}>
          {'{"accepted":1,"duplicates":0,"rejected":0,"errors":[],"ignored":[]}'}
        </Code>
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
