"use client"

import { Accordion, Anchor, Badge, Box, Code, Group, PasswordInput, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core"
import { useQuery } from "@tanstack/react-query"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { OperationDetail } from "@/components/api-docs/operation-detail"
import { ErrorState } from "@/components/ui/error-state"
import { PageHeader } from "@/components/ui/page-header"
import { documentAddress, documentOptions } from "@/lib/openapi/queries"
import type { ApiDocument } from "@/lib/openapi/schemas"

const colors: Record<string, string> = { get: "blue", post: "teal", put: "orange", patch: "orange", delete: "red" }

/** Every call of the API from its document, each with examples and a form that sends it. */
export function ApiDocsScreen() {
  const t = useTranslations("apiDocs")
  const document = useQuery(documentOptions())
  const [key, setKey] = useState("")
  const [wanted, setWanted] = useState("")
  return (
    <Box maw={1000}>
      <PageHeader title={t("title")} subtitle={t.rich("subtitle", { link: (text) => <Anchor href={documentAddress}>{text}</Anchor> })} />
      <Group grow mb="md" align="flex-start" preventGrowOverflow={false}>
        <TextInput label={t("search")} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} miw={220} />
        <PasswordInput label={t("key")} description={t("keyNote")} inputWrapperOrder={["label", "input", "description"]} value={key} onChange={(event) => setKey(event.currentTarget.value.trim())} autoComplete="off" miw={220} />
      </Group>
      {document.isError ? <ErrorState onRetry={() => void document.refetch()} /> : null}
      {document.data ? <Operations document={document.data} apiKey={key} wanted={wanted.toLowerCase()} /> : document.isPending ? <Skeleton h={400} /> : null}
    </Box>
  )
}

function Operations({ document, apiKey, wanted }: { document: ApiDocument; apiKey: string; wanted: string }) {
  const t = useTranslations("apiDocs")
  const all = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
  const shown = all.filter(({ path, method, operation }) => `${method} ${path} ${operation.summary}`.toLowerCase().includes(wanted))
  if (shown.length === 0) return <Text c="dimmed">{t("none")}</Text>
  return (
    <Stack>
      {document.tags.map(({ name }) => {
        const ofTag = shown.filter(({ operation }) => operation.tags.includes(name))
        return ofTag.length === 0 ? null : (
          <section key={name} aria-label={name}>
            <Title order={2} size="h4" mb="xs">{name}</Title>
            <Accordion multiple={false} variant="separated" keepMounted={false}>
              {ofTag.map(({ path, method, operation }) => (
                <Accordion.Item key={operation.operationId} value={operation.operationId}>
                  <Accordion.Control>
                    <Group gap="xs">
                      <Badge color={colors[method] ?? "gray"} variant="light" w={76}>{method}</Badge>
                      <Code style={{ wordBreak: "break-all" }}>{path}</Code>
                      <Text size="sm">{operation.summary}</Text>
                    </Group>
                  </Accordion.Control>
                  <Accordion.Panel><OperationDetail path={path} method={method} operation={operation} document={document} apiKey={apiKey} /></Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
          </section>
        )
      })}
    </Stack>
  )
}
