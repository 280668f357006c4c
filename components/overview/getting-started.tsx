"use client"

import { Anchor, Code, List, Paper, Stack, Text, Title } from "@mantine/core"
import { useMounted } from "@mantine/hooks"
import { useTranslations } from "next-intl"
import Link from "next/link"
import { paths } from "@/lib/base/paths"

const keyCommand = "npm run --silent key:create -- --label first --scope ingest --scope read"
const curl = (origin: string) => `curl -X POST ${origin}/api/v1/heartbeats \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/x-ndjson" \\
  -d '{"terminal":"SN-0001","at":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'"}'`

// Otherwise a long command makes the page wider than the screen.
const inBlocks = { itemWrapper: { display: "block" }, itemLabel: { display: "block" } }

/** How to send the first heartbeat, shown without terminals. The page reloads its data every few seconds. */
export function GettingStarted() {
  const t = useTranslations("overview")
  const origin = useMounted() ? window.location.origin : "http://localhost:3000"
  return (
    <Paper withBorder p="lg" maw={820} mx="auto">
      <Stack>
        <Title order={1} size="h3">
          {t("beginTitle")}
        </Title>
        <Text c="dimmed">{t("beginText")}</Text>
        <List type="ordered" spacing="md" styles={inBlocks}>
          <List.Item>
            {t("beginKey")}
            <Code block mt={6}>
              {keyCommand}
            </Code>
          </List.Item>
          <List.Item>
            {t("beginBeat")}
            <Code block mt={6}>
              {curl(origin)}
            </Code>
          </List.Item>
          <List.Item>{t("beginWait")}</List.Item>
        </List>
        <Text>
          {t.rich("beginProgram", {
            link: (text) => (
              <Anchor component={Link} href={paths.sendData}>
                {text}
              </Anchor>
            ),
          })}
        </Text>
        <Text>
          {t.rich("beginFile", {
            link: (text) => (
              <Anchor component={Link} href={paths.imports}>
                {text}
              </Anchor>
            ),
          })}
        </Text>
      </Stack>
    </Paper>
  )
}
